// The script of every page: NHS components at once, our islands when a page holds one.
import "./styles/main.scss";
import { initAll } from "nhsuk-frontend";
import { askBeforeSignOut } from "./editor/signout";
import { type IslandTable, mount } from "./lib/component";

// data-module="coprod-<name>" <-> components/<name>/<name>.ts; append a line for each island.
const islands: IslandTable = {
  "coprod-live-notice": () => import("./components/live-notice/live-notice"),
  "coprod-contents": () => import("./components/contents/contents"),
  "coprod-drawn-tree": () => import("./components/drawn-tree/drawn-tree"),
  "coprod-section-gaps": () => import("./components/section-gaps/section-gaps"),
  "coprod-editor": () => import("./components/editor/editor"),
  "coprod-form-fields": () => import("./components/form-fields/form-fields"),
  "coprod-news-count": () => import("./components/news-count/news-count"),
  "coprod-people-here": () => import("./components/people-here/people-here"),
  "coprod-register": () => import("./components/register/register"),
  "coprod-rescue": () => import("./components/rescue/rescue"),
  "coprod-saved-state": () => import("./components/saved-state/saved-state"),
  "coprod-similar": () => import("./components/similar/similar"),
  "coprod-thread-filter": () => import("./components/thread-filter/thread-filter"),
  "coprod-thread-list": () => import("./components/thread-list/thread-list"),
  "coprod-version-words": () => import("./components/version-words/version-words"),
};

initAll();
askBeforeSignOut(undefined);
void mount(islands);
