import { type FlowQuestion, flowQuestionSchema } from '@/core/policy/flow-question'
import { AppError } from '@/server/errors'
import { readLines } from './read-lines'
import type { Terminal } from './terminal'

export type NumberedFlow = { readonly number: number; readonly question: FlowQuestion }

/**
 * Flows as JSON lines, out of a file or standard input (`-`), as many at once as came together. Throws
 * AppError('invalid') at the first line that is none, after what came before it.
 */
export async function* readFlows(file: string, terminal: Terminal): AsyncIterable<readonly NumberedFlow[]> {
  for await (const lines of readLines(file, terminal.in)) {
    const flows: NumberedFlow[] = []
    for (const { number, text } of lines) {
      const read = parseFlow(text)
      if ('question' in read) flows.push({ number, question: read.question })
      else {
        if (flows.length > 0) yield flows
        throw lineError(file, number, read.problem)
      }
    }
    yield flows
  }
}

/** `flows.jsonl, line 3: …` */
export const lineError = (file: string, number: number, reason: string): AppError =>
  new AppError('invalid', `${file === '-' ? 'standard input' : file}, line ${number}: ${reason}`)

function parseFlow(text: string): { readonly question: FlowQuestion } | { readonly problem: string } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'is no JSON' }
  }
  const { data, error } = flowQuestionSchema.safeParse(value)
  if (data) return { question: data }
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  return { problem: `${path === '' ? '' : `${path} `}${issue?.message ?? 'is no flow'}` }
}
