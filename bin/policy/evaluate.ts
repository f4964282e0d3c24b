import { endLookup } from '@/core/policy/find-end'
import { answerFlow } from '@/core/policy/flow-answer'
import { flowOf } from '@/core/policy/flow-question'
import { type JudgingOptions, loadPolicies } from './load-policies'
import { lineError, readFlows } from './read-flows'
import { type Terminal, write } from './terminal'

export type EvaluateOptions = JudgingOptions & { readonly file: readonly string[]; readonly flows: string }

/**
 * `oriel policy evaluate`: a line of JSON for each flow, in order, while they come. A line that is no flow ends it
 * with AppError('invalid') once what came before is answered.
 */
export async function evaluateCommand(options: EvaluateOptions, terminal: Terminal): Promise<number> {
  const loaded = await loadPolicies(options.file, options, terminal)
  const lookup = endLookup(loaded)
  for await (const flows of readFlows(options.flows, terminal)) {
    const answers: string[] = []
    for (const { number, question } of flows) {
      const found = flowOf(question, lookup)
      if ('problem' in found) {
        await write(terminal, answers.join(''))
        throw lineError(options.flows, number, found.problem)
      }
      answers.push(`${JSON.stringify(answerFlow(loaded.compiled, found))}\n`)
    }
    await write(terminal, answers.join(''))
  }
  return 0
}
