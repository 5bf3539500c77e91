package lip.core.executor;

import java.time.InstantSource;
import lip.core.fidelity.FidelityTotals;
import lip.core.gateway.AnswerRoom;
import lip.core.pipeline.Blame;
import lip.core.pipeline.CallPipeline;
import lip.core.routing.Planner;
import lip.sdk.Ids;

/**
 * What all calls share.
 *
 * @param backends live backends by id
 * @param active attempts at work
 * @param planner chooses candidates
 * @param pipeline runs the stages of a call
 * @param blame tells what plugins do wrong
 * @param fidelity sums of what did not pass unchanged
 * @param room what may be kept of answers
 * @param clock the clock
 * @param ids random ids
 */
record Platform(
    Backends backends,
    ActiveAttempts active,
    Planner planner,
    CallPipeline pipeline,
    Blame blame,
    FidelityTotals fidelity,
    AnswerRoom room,
    InstantSource clock,
    Ids ids) {}
