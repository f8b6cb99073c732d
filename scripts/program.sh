# Sourced by run, heshi and test: finds the JDK, builds the program, sets java, java_options and app. Expects root.

app="$root/target/run/app"

is_jdk_25() { [ -x "$1/bin/javac" ] && "$1/bin/java" -version 2>&1 | grep -q 'version "25'; }

find_jdk() {
  local path candidate
  path="$(command -v java 2>/dev/null || true)"
  [ -z "$path" ] || path="$(dirname "$(dirname "$(readlink -f "$path")")")"
  for candidate in "${JAVA_HOME:-}" "$path" /usr/lib/jvm/*25* /opt/*jdk*25*; do
    if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
      JAVA_HOME="$candidate"
      export JAVA_HOME
      return
    fi
  done
  echo "Heshi needs a JDK 25 and found none: install one (Debian, Ubuntu: apt-get install openjdk-25-jdk-headless, or Eclipse Temurin 25) or set JAVA_HOME." >&2
  exit 1
}

need_maven() {
  command -v mvn >/dev/null 2>&1 && return
  echo "Heshi is built with Maven and found none: install it (Debian, Ubuntu: apt-get install maven)." >&2
  exit 1
}

built() {
  [ -f "$app/heshi.jar" ] && [ -z "$(find "$root/src/main" "$root/procedures" "$root/pom.xml" -newer "$root/target/run/built" -print -quit 2>/dev/null)" ]
}

# Packages the program, lays it out as plain jars (starts faster than one fat jar) and trains the JDK's ahead-of-time cache.
build() {
  built && return
  mkdir -p "$root/target/run"
  exec 9>"$root/target/run/lock"
  if command -v flock >/dev/null 2>&1; then flock 9; fi
  if ! built; then
    need_maven
    local started="$root/target/run/started"
    touch "$started"
    echo "building Heshi ..." >&2
    (cd "$root" && mvn -B -q ${MAVEN_ARGS:-} package -DskipTests) >&2
    rm -rf "$app" "$app.new"
    "$java" -Djarmode=tools -jar "$root/target/heshi.jar" extract --destination "$app.new" >/dev/null
    mv "$app.new" "$app"
    [ "$training" = off ] || train || { rm -f "$app/heshi.aot"; echo "the start-up cache could not be made; the program starts a little slower" >&2; }
    touch -r "$started" "$root/target/run/built"
  fi
  exec 9>&-
  java_options=("${standard_options[@]}")
  use_cache
}

use_cache() { [ ! -f "$app/heshi.aot" ] || java_options+=("-XX:AOTCache=$app/heshi.aot" '-Xlog:aot*=off' '-Xlog:cds*=off'); }

# One start on throw-away data, a few pages, a clean stop: what was loaded then is ready-made from now on.
train() {
  local data pid port i
  data="$root/target/run/training"
  rm -rf "$data"
  mkdir -p "$data"
  env -i PATH="$PATH" HOME="${HOME:-/}" HESHI_DATA="$data" HESHI_PORT=0 HESHI_DEMO=off \
    "$java" "${standard_options[@]}" "-Dheshi.binaries=$root/target/run/postgres" -XX:AOTCacheOutput="$app/heshi.aot" -jar "$app/heshi.jar" \
    >"$root/target/run/training.log" 2>&1 &
  pid=$!
  for i in $(seq 1 600); do
    [ ! -s "$data/address" ] || break
    kill -0 "$pid" 2>/dev/null || return 1
    sleep 0.1
  done
  [ -s "$data/address" ] || { kill "$pid"; return 1; }
  port="$(sed 's/.*://' "$data/address")"
  # often enough that the profile of the code that every page runs through is kept with it
  for i in $(seq 1 150); do
    for path in /health / /report /follow /sign-in; do get "$port" "$path" || true; done
  done
  kill "$pid"
  wait "$pid" || true
  rm -rf "$data"
  [ -s "$app/heshi.aot" ]
}

get() {
  { exec 8<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
  printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' "$2" >&8
  cat <&8 >/dev/null
  exec 8>&-
}

find_jdk
training="${HESHI_TRAIN:-on}"
unset HESHI_TRAIN
java="$JAVA_HOME/bin/java"
standard_options=(-Xmx448m -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Djava.awt.headless=true -Dfile.encoding=UTF-8
  -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8 "-Dheshi.home=$root"
  "-Dspring.config.location=classpath:/,optional:file:$root/,optional:file:$root/config/")
java_options=("${standard_options[@]}")
use_cache
