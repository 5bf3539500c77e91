package lip.core.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** TLS with the JDK's trust anchors and those of one PEM file, read again when it changes. */
final class TlsContexts {
  private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

  private record Loaded(String file, FileTime modified, SSLContext context) {}

  private volatile @Nullable Loaded loaded;

  /**
   * The context to use.
   *
   * @param caFile PEM file; empty = only the JDK's anchors
   */
  SSLContext context(String caFile) throws IOException, GeneralSecurityException {
    if (caFile.isEmpty()) {
      return SSLContext.getDefault();
    }
    Path path = Path.of(caFile);
    FileTime modified = Files.getLastModifiedTime(path);
    Loaded known = loaded;
    if (known != null && known.file().equals(caFile) && known.modified().equals(modified)) {
      return known.context();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust(path).getTrustManagers(), null);
    loaded = new Loaded(caFile, modified, context);
    return context;
  }

  private static TrustManagerFactory trust(Path file) throws IOException, GeneralSecurityException {
    KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
    anchors.load(null, null);
    int number = 0;
    for (var manager : factory(null).getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (Certificate certificate : x509.getAcceptedIssuers()) {
          anchors.setCertificateEntry("jdk-" + number++, certificate);
        }
      }
    }
    try (InputStream in = Files.newInputStream(file)) {
      for (Certificate certificate :
          CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        anchors.setCertificateEntry("file-" + number++, certificate);
      }
    }
    return factory(anchors);
  }

  private static TrustManagerFactory factory(@Nullable KeyStore anchors)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(anchors);
    return factory;
  }

  /**
   * TLS 1.2 or newer, and the certificate must be made for the host. The JDK adds SNI where the
   * host is a name.
   */
  static void restrict(SSLSocket socket) {
    SSLParameters parameters = socket.getSSLParameters();
    List<String> supported = Arrays.asList(socket.getSupportedProtocols());
    parameters.setProtocols(PROTOCOLS.stream().filter(supported::contains).toArray(String[]::new));
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
  }
}
