// Words being composed (accents, other scripts, phone keyboards) while somebody else writes in the same paragraph.
import { describe, expect, it } from "vitest";
import { backspace, toggleHeading, toggleStrong } from "./commands";
import { exchange, type Person, people, seed } from "./testing/people";

/** The text node that holds a word on the page. */
function textNode(person: Person, word: string): Text {
  const walker = document.createTreeWalker(person.view.dom, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (walker.currentNode.nodeValue?.includes(word)) return walker.currentNode as Text;
  throw new Error(`"${word}" is not on the page.`);
}

/** Lets the editor read what the browser has done to the page. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 60));

/** Starts to compose behind `word`: the browser owns that text node from now on. */
async function compose(person: Person, word: string, letters: string): Promise<Text> {
  const node = textNode(person, word);
  const at = (node.nodeValue ?? "").indexOf(word) + word.length;
  person.view.focus();
  document.getSelection()?.collapse(node, at);
  person.view.dom.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
  node.insertData(at, letters);
  document.getSelection()?.collapse(node, at + letters.length);
  await settled();
  return node;
}

/** The composed letters change, as they do until the word is chosen. */
async function recompose(node: Text, from: string, to: string): Promise<void> {
  const at = (node.nodeValue ?? "").indexOf(from);
  node.replaceData(at, from.length, to);
  document.getSelection()?.collapse(node, at + to.length);
  await settled();
}

async function finish(person: Person): Promise<void> {
  person.view.dom.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
  await settled();
}

describe("[FE24] a composition goes on while somebody else writes", () => {
  it.each([
    ["before it in the paragraph", (ben: Person) => ben.type("Now ", 1), "\nNow Une idée\nSecond."],
    ["in another paragraph", (ben: Person) => ben.type("And ", 6), "\nUne idée\nAnd Second."],
    ["a new paragraph above", (ben: Person) => ben.type("Top\n", 1), "\nTop\nUne idée\nSecond."],
    ["joining the paragraph below to it", (ben: Person) => ben.select(6).do(backspace), "\nUne idéeSecond."],
    ["bold", (ben: Person) => ben.select(1, 4).do(toggleStrong), "\nUne idée\nSecond."],
    [
      "a heading of the other paragraph",
      (ben: Person) => ben.select(7).do(toggleHeading(3)),
      "\nUne idée\nSecond.",
    ],
  ])("%s", async (_name, act, expected) => {
    const [amara, ben] = people(2, seed("\nUne\nSecond.")) as [Person, Person];
    const node = await compose(amara, "Une", " ide");
    expect(amara.view.composing).toBe(true);
    act(ben);
    exchange(amara, ben);
    expect(amara.view.composing).toBe(true);
    expect(node.isConnected).toBe(true);
    await recompose(node, " ide", " idée");
    await finish(amara);
    exchange(amara, ben);
    expect(amara.text.toString()).toBe(expected);
    expect(amara.view.dom.textContent).toBe(ben.view.dom.textContent);
    expect(amara.agrees && ben.agrees).toBe(true);
  });

  it("joining it to the paragraph above", async () => {
    const [amara, ben] = people(2, seed("\nTop.\nUne")) as [Person, Person];
    const node = await compose(amara, "Une", " ide");
    ben.select(7).do(backspace);
    exchange(amara, ben);
    expect([amara.view.composing, node.isConnected]).toEqual([true, true]);
    await recompose(node, " ide", " idée");
    await finish(amara);
    expect(amara.text.toString()).toBe("\nTop.Une idée");
    expect(amara.agrees).toBe(true);
  });

  it("a heading of the paragraph itself may end it, but takes no letter away", async () => {
    const [amara, ben] = people(2, seed("\nUne")) as [Person, Person];
    await compose(amara, "Une", " idée");
    ben.select(2).do(toggleHeading(3));
    exchange(amara, ben);
    await finish(amara);
    expect(amara.view.dom.querySelector("h3")?.textContent).toBe("Une idée");
    expect(amara.agrees).toBe(true);
  });
});
