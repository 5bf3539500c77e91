package lip.testing.conformance.backend;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lip.api.call.Call;
import lip.sdk.backend.Attempt;
import lip.sdk.backend.ProviderNotes;
import lip.sdk.fidelity.Deviation;
import lip.sdk.fidelity.Fidelity;
import lip.testing.kit.Calls;
import lip.testing.kit.CountingIds;

/** An attempt as the core would make it. It remembers what the backend tells it. Any thread. */
public final class TestAttempt implements Attempt {
  private final Call call;
  private final String model;
  private final String bLegId;
  private final int number;
  private final List<ProviderNotes> told = new CopyOnWriteArrayList<>();
  private final List<Deviation> reported = new CopyOnWriteArrayList<>();

  /**
   * Any attempt.
   *
   * @param call the attempt's view of the call
   * @param model model to ask for
   * @param bLegId B-leg id
   * @param number number inside its call
   */
  public TestAttempt(Call call, String model, String bLegId, int number) {
    this.call = call;
    this.model = model;
    this.bLegId = bLegId;
    this.number = number;
  }

  /** The first attempt of a call as it is, for a model. */
  public TestAttempt(String model, Call call) {
    this(call, model, CountingIds.id("b_", 1), 1);
  }

  /** The first attempt of a call, for its own model. */
  public static TestAttempt of(Call call) {
    String model = call.model();
    return new TestAttempt(model == null ? "" : model, call);
  }

  /** The first attempt of a call, for another model. */
  public static TestAttempt of(String model, Call call) {
    return of(call.toBuilder().model(model).build());
  }

  /** One user text for a model. */
  public static TestAttempt of(String model, String text) {
    return of(model, Calls.text(text));
  }

  @Override
  public Call call() {
    return call;
  }

  @Override
  public String model() {
    return model;
  }

  @Override
  public String bLegId() {
    return bLegId;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public void notes(ProviderNotes notes) {
    told.add(notes);
  }

  @Override
  public Fidelity fidelity() {
    return reported::add;
  }

  /** What the provider said besides, in order. */
  public List<ProviderNotes> told() {
    return List.copyOf(told);
  }

  /** What the backend could not say, in order. */
  public List<Deviation> reported() {
    return List.copyOf(reported);
  }

  @Override
  public String toString() {
    return "TestAttempt[" + model + ", " + bLegId + "]";
  }
}
