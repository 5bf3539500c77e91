# Finds a Java of version 25 or newer; sourced by bin/lip and by the ./lip of a checkout.
#   find_java PROGRAM   sets JAVA_HOME to an installation that has bin/PROGRAM (java, or javac for a full JDK)

java_version() { # the major version of the installation in $1, 0 if it is none
  java_major=0
  if [ -r "$1/release" ]; then
    java_major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  echo "${java_major:-0}"
}

java_fits() {
  [ -x "$1/bin/$2" ] && [ "$(java_version "$1")" -ge 25 ]
}

find_java() {
  if [ -n "${JAVA_HOME:-}" ] && java_fits "$JAVA_HOME" "$1"; then
    export JAVA_HOME
    return 0
  fi
  java_on_path=$(command -v "$1" || true)
  if [ -n "$java_on_path" ]; then
    # /usr/bin/java is a link to the installation; macOS has no readlink -f before 12.3.
    java_on_path=$(readlink -f "$java_on_path" 2>/dev/null || echo "$java_on_path")
    java_candidate=$(dirname "$(dirname "$java_on_path")")
    if java_fits "$java_candidate" "$1"; then
      JAVA_HOME=$java_candidate
      export JAVA_HOME
      return 0
    fi
  fi
  for java_candidate in \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    /usr/local/openjdk-* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.asdf/installs/java/*; do
    if java_fits "$java_candidate" "$1"; then
      JAVA_HOME=$java_candidate
      export JAVA_HOME
      return 0
    fi
  done
  return 1
}

java_missing() {
  echo "lip: no JDK 25 found. Install one (package openjdk-25-jdk, temurin-25-jdk or java-25-openjdk-devel)" >&2
  echo "lip: or set JAVA_HOME to an installed one." >&2
}
