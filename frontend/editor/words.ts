// How many words a text has: counted as the server counts them (proposals/editing/domain/answers.py).

const SAYS_SOMETHING = /[\p{L}\p{N}]/u;

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => SAYS_SOMETHING.test(word)).length;
}

/** The line under a text, in the words of the NHS character count. */
export function countSentence(count: number, limit: number): string {
  if (!limit) return count === 1 ? "1 word" : `${count} words`;
  const left = limit - count;
  if (left >= 0) return `${count} of ${limit} words`;
  return `${count} of ${limit} words: ${-left} too many`;
}
