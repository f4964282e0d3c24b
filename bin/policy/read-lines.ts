import { createReadStream } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import type { Readable } from 'node:stream'
import { AppError } from '@/server/errors'
import { readingProblem } from './read-files'

/** Lines with their numbers from 1, as many at once as came together; blank ones are left out. */
export type Lines = readonly { readonly number: number; readonly text: string }[]

const longest = 1_048_576

/** Reads a file, or standard input for `-`, while it comes. Throws AppError('invalid') where it cannot. */
export async function* readLines(file: string, input: Readable): AsyncIterable<Lines> {
  const decoder = new StringDecoder('utf8')
  const name = file === '-' ? 'standard input' : file
  let rest = ''
  let number = 0
  const numbered = (texts: readonly string[]): Lines =>
    texts.map((text) => ({ number: ++number, text })).filter(({ text }) => text.trim() !== '')
  try {
    for await (const chunk of file === '-' ? input : createReadStream(file)) {
      const texts = `${rest}${decoder.write(Buffer.from(chunk))}`.split('\n')
      rest = texts.pop() ?? ''
      const lines = numbered(texts)
      if (lines.length > 0) yield lines
      if (rest.length > longest) throw new AppError('invalid', `${name}, line ${number + 1}: is longer than 1 MiB`)
    }
  } catch (thrown) {
    if (thrown instanceof AppError) throw thrown
    throw new AppError('invalid', `${name}: ${readingProblem(thrown)}`)
  }
  const last = numbered([rest + decoder.end()])
  if (last.length > 0) yield last
}
