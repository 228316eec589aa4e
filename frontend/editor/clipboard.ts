// Cells copied from a spreadsheet, as Excel, Google Sheets and LibreOffice put them on the clipboard: tabs and lines.

/** The cells, row by row; null where what was copied is words and no table. */
export function cellsIn(data: Pick<DataTransfer, "getData">): string[][] | null {
  const plain = data.getData("text/plain");
  const isTable = plain.includes("\t") || /<table[\s>]/i.test(data.getData("text/html"));
  if (!isTable) return null;
  const rows = rowsOf(plain);
  return rows.length > 1 || (rows[0]?.length ?? 0) > 1 ? rows : null;
}

/** Lines and tabs; a cell in quotation marks may hold both, and a doubled mark in it is one. */
export function rowsOf(plain: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= plain.length) {
    const [cell, end] = quotedAt(plain, at) ?? plainAt(plain, at);
    row.push(cell);
    at = end + 1;
    if (plain[end] === "\t") continue;
    if (plain[end] === "\r" && plain[at] === "\n") at++;
    rows.push(row);
    row = [];
  }
  while (rows.length && rows.at(-1)?.every((cell) => !cell.trim())) rows.pop();
  return rows;
}

/** A cell in quotation marks that ends where a cell can end; anything else begins with a mark that is its own. */
function quotedAt(plain: string, start: number): [string, number] | null {
  if (plain[start] !== '"') return null;
  const found = /"((?:[^"]|"")*)"(?=\t|\r|\n|$)/y;
  found.lastIndex = start;
  const cell = found.exec(plain);
  return cell && [(cell[1] ?? "").replaceAll('""', '"').replace(/\r\n?/g, "\n"), found.lastIndex];
}

function plainAt(plain: string, start: number): [string, number] {
  const found = /[^\t\r\n]*/y;
  found.lastIndex = start;
  return [found.exec(plain)?.[0] ?? "", found.lastIndex];
}
