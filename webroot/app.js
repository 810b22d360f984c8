import { mount } from "./boards/host.js";
import { Bus } from "./lib/bus.js";
import { now } from "./lib/clock.js";
import { LiveFeed } from "./lib/live-feed.js";

const bus = new Bus();
export const feed = new LiveFeed(bus, "host");
feed.listen(() => void feed.facts.want(feed.epoch));
feed.start();
bus.connection.start();
mount(document.body, feed);
setInterval(() => feed.sample(now()), 1000);
