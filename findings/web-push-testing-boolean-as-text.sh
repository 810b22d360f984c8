#!/bin/sh
# web-push-testing 1.2.2 (npm): a mock of the Push API that takes userVisibleOnly as a text and refuses it as a boolean.
#
# Expected: PushSubscriptionOptionsInit has a boolean (https://www.w3.org/TR/push-api/), so true is taken, as browsers take it.
# Found: "Parameter userVisibleOnly is not of type boolean: true" for the boolean; the text "true" is taken.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent web-push-testing@1.2.2
cat > trial.cjs <<'J'
const loaded = require("./node_modules/web-push-testing/src/PushApiModel.js");
const Model = loaded.PushApiModel ?? loaded;
const trial = async () => {
  for (const value of [true, "true"]) {
    const outcome = await new Model().validateSubscribeOptions({ userVisibleOnly: value })
      .then(() => "taken", (error) => `${error.constructor.name}: ${error.message}`);
    console.log(`${typeof value}: ${outcome}`);
  }
};
trial();
J
node trial.cjs | tee found
cat > expected <<'X'
boolean: RangeError: Parameter userVisibleOnly is not of type boolean: true
string: taken
X
if cmp -s found expected; then
    echo "as found: the boolean is refused, and its text is taken"
else
    echo "this has changed" >&2
    exit 1
fi
