import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'

/** Where a command reads and writes. */
export type Terminal = { readonly in: Readable; readonly out: Writable; readonly err: Writable }

/**
 * Those of the process. A reader that has seen enough (`| head`) ends it without a word; where nothing can be written
 * it ends with the code `refused`.
 */
export function ownTerminal(refused: number): Terminal {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // What was not read must not look like an answer (diff --exit-code).
    if (error.code === 'EPIPE') process.exit(refused === 2 ? refused : 0)
    process.stderr.write(`error: standard output: ${error.message}\n`)
    process.exit(refused)
  })
  return { in: process.stdin, out: process.stdout, err: process.stderr }
}

const chunkLength = 65_536

/** Writes texts in order, as fast as they are taken. */
export async function writeAll({ out }: Pick<Terminal, 'out'>, texts: Iterable<string>): Promise<void> {
  let chunk = ''
  for (const text of texts) {
    chunk += text
    if (chunk.length < chunkLength) continue
    await write({ out }, chunk)
    chunk = ''
  }
  if (chunk !== '') await write({ out }, chunk)
}

/** Leaves room for what else happens, an end of the reader too. */
export async function write({ out }: Pick<Terminal, 'out'>, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain')
  await new Promise(setImmediate)
}
