// The script of every page: NHS components at once, our islands when a page holds one.
import "./styles/main.scss";
import { initAll } from "nhsuk-frontend";
import { type IslandTable, mount } from "./lib/component";

// data-module="coprod-<name>" <-> components/<name>/<name>.ts; append a line for each island.
const islands: IslandTable = {
  "coprod-live-notice": () => import("./components/live-notice/live-notice"),
};

initAll();
void mount(islands);
