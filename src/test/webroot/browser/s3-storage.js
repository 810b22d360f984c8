// A real S3 server, s3proxy ("make peers" brings it), for one test.
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { repository } from "./harness.js";

const LIBRARIES = `${repository}target/peers/s3proxy`;

/** Why tests that need it cannot run here, or false. */
export const needsStorage = !process.env.CI && !existsSync(LIBRARIES) && `${LIBRARIES} is not there`;

export const KEY = "local-identity";
export const SECRET = "local-credential";
const LOG = `<configuration><appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%logger %msg%n</pattern></encoder></appender>
  <logger name="org.gaul.shaded.org.eclipse.jetty.server.AbstractConnector" level="INFO"/><root level="WARN"><appender-ref ref="out"/></root></configuration>`;

/** @param {string} folder @returns {Promise<{ url: string, stop: () => Promise<void> }>} */
export async function startStorage(folder) {
  const settings = join(folder, "s3proxy.properties");
  writeFileSync(settings, `s3proxy.authorization=aws-v2-or-v4\ns3proxy.identity=${KEY}\ns3proxy.credential=${SECRET}
s3proxy.endpoint=http://127.0.0.1:0\njclouds.provider=filesystem-nio2\njclouds.filesystem.basedir=${join(folder, "data")}\n`);
  writeFileSync(join(folder, "logback.xml"), LOG);
  const child = spawn("java", ["-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", `-Dlogback.configurationFile=${join(folder, "logback.xml")}`,
    "-cp", `${LIBRARIES}/*`, "org.gaul.s3proxy.Main", "--properties", settings], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /ServerConnector.*\{127\.0\.0\.1:(\d+)\}/.exec(line)?.[1];
    if (!port) continue;
    child.stdout.resume(); // A full pipe would stop it.
    return { url: `http://127.0.0.1:${port}`, stop };
  }
  throw new Error("s3proxy does not start");
}
