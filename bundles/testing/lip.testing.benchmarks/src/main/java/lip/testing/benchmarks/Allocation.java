package lip.testing.benchmarks;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Counts what a JVM allocates: the sum over all threads that ever lived. Virtual threads allocate
 * in the buffers of their carriers, so they are in it.
 */
final class Allocation implements AutoCloseable {
  private final JMXConnector connector;
  private final MBeanServerConnection connection;

  @SuppressWarnings("BanJNDI") // The address is what our own child process just told us.
  Allocation(long pid) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      try {
        connector =
            JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to " + pid, e);
    }
    connection = connector.getMBeanServerConnection();
  }

  /** Something to count. */
  interface Work {
    void run() throws InterruptedException;
  }

  /** Bytes allocated meanwhile. */
  double of(Work work) throws IOException, InterruptedException {
    long before = total();
    work.run();
    return total() - before;
  }

  @SuppressWarnings("BanJNDI") // As above.
  private long total() throws IOException {
    try {
      return (long)
          connection.getAttribute(
              new ObjectName("java.lang:type=Threading"), "TotalThreadAllocatedBytes");
    } catch (JMException e) {
      throw new IOException("the JVM does not tell what it allocates", e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
