// Islands: elements with data-module="coprod-<name>" that get a class of ours, loaded when a page holds them.
import { ConfigurableComponent, isInitialised } from "nhsuk-frontend";

/** A component class: NHS's own base checks the root element and reads the configuration from data-*. */
export interface IslandClass {
  new ($root: Element | null): unknown;
  moduleName: string;
}

/** The module of an island exports its class under any name. */
export type IslandModule = Record<string, unknown>;
export type IslandTable = Record<string, () => Promise<IslandModule>>;

export { ConfigurableComponent };

/** Starts every island in `scope` that has not started yet; one that fails leaves the page as it was. */
export async function mount(islands: IslandTable, scope: ParentNode = document): Promise<void> {
  await Promise.all(Object.entries(islands).map(([name, load]) => start(name, load, scope)));
}

async function start(name: string, load: () => Promise<IslandModule>, scope: ParentNode): Promise<void> {
  const roots = [...scope.querySelectorAll<HTMLElement>(`[data-module="${name}"]`)];
  if (!roots.length) return;
  try {
    const island = classIn(await load(), name);
    for (const root of roots) if (!isInitialised(root, name)) new island(root);
  } catch (error) {
    console.error(`The part "${name}" of this page could not start.`, error);
  }
}

function classIn(module: IslandModule, name: string): IslandClass {
  for (const each of Object.values(module)) if (isIsland(each) && each.moduleName === name) return each;
  throw new TypeError(`No class with moduleName "${name}" in its module.`);
}

function isIsland(each: unknown): each is IslandClass {
  return typeof each === "function" && "moduleName" in each;
}
