// What keys, signs and toolbar buttons do to blocks and words.
import { TextSelection } from "prosemirror-state";
import { describe, expect, it } from "vitest";
import * as commands from "./commands";
import { blockAttributes, schema } from "./schema";
import { type Person, people, seed } from "./testing/people";

const one = (words = "\n"): Person => people(1, seed(words))[0] as Person;

/** Letters as somebody types them, with the writing rules looking on. */
function type(person: Person, letters: string): void {
  for (const letter of letters) {
    const { from, to } = person.view.state.selection;
    const handled = person.view.someProp("handleTextInput", (handle) =>
      handle(person.view, from, to, letter, () => person.view.state.tr),
    );
    if (!handled) person.view.dispatch(person.view.state.tr.insertText(letter, from, to));
  }
}

function press(person: Person, key: string, modifiers: KeyboardEventInit = {}): boolean {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...modifiers });
  return person.view.someProp("handleKeyDown", (handle) => handle(person.view, event)) ?? false;
}

const kinds = ({ view }: Person) => view.state.doc.children.map(blockAttributes);

describe("[FE20] kinds of block", () => {
  it("turn on and off, and exclude each other", () => {
    const amara = one("\nWords");
    amara.do(commands.toggleHeading(3));
    expect([kinds(amara), commands.isHeading(amara.view.state, 3)]).toEqual([[{ h: 3 }], true]);
    amara.do(commands.toggleList("number"));
    expect([kinds(amara), commands.isList(amara.view.state, "number")]).toEqual([[{ list: "number" }], true]);
    amara.do(commands.toggleQuote);
    expect([kinds(amara), commands.isQuote(amara.view.state)]).toEqual([[{ quote: true }], true]);
    amara.do(commands.toggleQuote);
    expect(kinds(amara)).toEqual([{}]);
  });

  it("apply to every block of the selection", () => {
    const amara = one("\nOne\nTwo");
    amara.do(commands.selectAll).do(commands.toggleList("bullet"));
    expect([...amara.view.dom.children].map(({ outerHTML }) => outerHTML)).toEqual([
      '<p class="coprod-block" data-list="bullet" data-indent="0">One</p>',
      '<p class="coprod-block" data-list="bullet" data-indent="0">Two</p>',
    ]);
  });

  it("show as headings and quotations the browser knows", () => {
    const amara = one("\nOne\nTwo");
    amara.do(commands.toggleHeading(4)).select(7).do(commands.toggleQuote);
    expect(amara.view.dom.querySelector("h4")?.textContent).toBe("One");
    expect(amara.view.dom.querySelector("blockquote")?.textContent).toBe("Two");
  });

  it("list items go in and out between the margins, and keep their depth when their kind changes", () => {
    const amara = one("\nItem");
    expect(commands.indent(1)(amara.view.state)).toBe(false);
    amara.do(commands.toggleList("bullet"));
    for (let times = 0; times < 5; times++) amara.do(commands.indent(1));
    expect([kinds(amara), commands.canIndent(amara.view.state, 1)]).toEqual([
      [{ list: "bullet", indent: 3 }],
      false,
    ]);
    amara.do(commands.indent(-1)).do(commands.toggleList("number"));
    expect(kinds(amara)).toEqual([{ list: "number", indent: 2 }]);
  });
});

describe("[FE21] Enter, Backspace and Delete", () => {
  it("Enter after a heading opens a paragraph, in a list the next item, in an empty item leaves the list", () => {
    const amara = one("\nTitle");
    amara.do(commands.toggleHeading(3)).select(6);
    press(amara, "Enter");
    expect(kinds(amara)).toEqual([{ h: 3 }, {}]);
    amara.do(commands.toggleList("bullet")).do(commands.indent(1)).type("a");
    press(amara, "Enter");
    expect(kinds(amara)[2]).toEqual({ list: "bullet", indent: 1 });
    press(amara, "Enter");
    expect(kinds(amara)[2]).toEqual({ list: "bullet" });
    press(amara, "Enter");
    expect(kinds(amara)[2]).toEqual({});
  });

  it("Enter before a heading opens a paragraph above it", () => {
    const amara = one("\nTitle");
    amara.do(commands.toggleHeading(3)).select(1);
    press(amara, "Enter");
    expect(kinds(amara)).toEqual([{}, { h: 3 }]);
    expect(amara.view.state.selection.$from.parent.textContent).toBe("Title");
  });

  it("Enter takes the place of what is selected", () => {
    const amara = one("\nOne two three");
    amara.select(4, 8);
    press(amara, "Enter");
    expect(amara.text.toString()).toBe("\nOne\n three");
  });

  it("Backspace at the start first makes a block plain, then joins it; an empty block gives way", () => {
    const amara = one("\nOne\n\nTwo");
    amara.select(8).do(commands.toggleHeading(3));
    press(amara, "Backspace");
    expect(kinds(amara)).toEqual([{}, {}, {}]);
    amara.do(commands.toggleHeading(3)).select(6);
    press(amara, "Delete");
    expect(amara.text.toString()).toBe("\nOne\nTwo");
    expect(kinds(amara)).toEqual([{}, { h: 3 }]);
    amara.select(6);
    press(amara, "Backspace");
    press(amara, "Backspace");
    expect(amara.text.toString()).toBe("\nOneTwo");
    expect(amara.view.state.selection.head).toBe(4);
  });

  it("Backspace at the very start and Delete at the very end do nothing", () => {
    const amara = one("\nOne");
    amara.select(1);
    expect(press(amara, "Backspace")).toBe(true);
    amara.select(4);
    expect(press(amara, "Delete")).toBe(true);
    expect(amara.text.toString()).toBe("\nOne");
  });

  it("Tab is never taken", () => {
    expect(press(one(), "Tab")).toBe(false);
  });
});

describe("[FE22] signs at the start of a paragraph", () => {
  it.each([
    ["- ", { list: "bullet" }],
    ["1. ", { list: "number" }],
    ["## ", { h: 3 }],
    ["### ", { h: 4 }],
    ["> ", { quote: true }],
  ])("%s", (sign, kind) => {
    const amara = one();
    type(amara, `${sign}x`);
    expect(amara.text.toDelta()).toEqual([{ insert: "\n", attributes: kind }, { insert: "x" }]);
  });

  it("are letters elsewhere, and Backspace gives the sign back", () => {
    const amara = one("\na");
    amara.select(2);
    type(amara, "- ");
    expect(amara.text.toString()).toBe("\na- ");
    const ben = one();
    type(ben, "- ");
    press(ben, "Backspace");
    expect(ben.text.toString()).toBe("\n- ");
  });
});

describe("[FE23] marks and links", () => {
  it("bold and italic by key, with their state for the toolbar", () => {
    const amara = one("\nOne two");
    amara.select(1, 4);
    press(amara, "b", { ctrlKey: true });
    press(amara, "i", { ctrlKey: true });
    expect(amara.text.toDelta()[1]).toEqual({ insert: "One", attributes: { strong: true, em: true } });
    expect([commands.isStrong(amara.view.state), commands.isEmphasis(amara.view.state)]).toEqual([
      true,
      true,
    ]);
    expect(commands.isStrong(amara.select(6).view.state)).toBe(false);
  });

  it("a link is set on words, changed from inside, taken away, and not typed on", () => {
    const amara = one("\nSee the report now");
    amara.select(9, 15).do(commands.setLink("https://a.nhs.uk"));
    expect(commands.linkAt(amara.view.state)).toBe("https://a.nhs.uk");
    amara.select(11).do(commands.setLink("mailto:ben@example.nhs.uk"));
    expect(amara.view.dom.querySelector("a")?.textContent).toBe("report");
    amara.type("s", 15);
    expect(amara.view.dom.querySelector("a")?.textContent).toBe("report");
    amara.select(11).do(commands.setLink(null));
    expect(amara.view.dom.querySelector("a")).toBeNull();
  });

  it("a link without words shows its address, and an unsafe one is refused", () => {
    const amara = one();
    expect(commands.setLink("javascript:alert(1)")(amara.view.state)).toBe(false);
    amara.do(commands.setLink("https://a.nhs.uk"));
    expect(amara.view.dom.querySelector("a")?.outerHTML).toContain('rel="noopener noreferrer nofollow"');
    expect(amara.text.toString()).toBe("\nhttps://a.nhs.uk");
  });
});

it("[FE20] blocks cannot be selected as things, only their words", () => {
  const { view } = one("\nOne\nTwo");
  expect(schema.nodes.block?.spec.selectable).toBe(false);
  expect(view.state.selection).toBeInstanceOf(TextSelection);
});
