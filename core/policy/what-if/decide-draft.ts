import type { CompiledPolicies } from '../compile'
import { endLookup, type EndLookup } from '../find-end'
import { answerFlow, type FlowAnswer } from '../flow-answer'
import type { AskedFlow } from '../flow-question'
import type { PolicyChange } from '../policy-change'
import { draftCompiled, type PreparedGround, stagedOf, type WhatIfOptions } from '../what-if'
import type { DraftTest, DraftTestResult, ReachAnswer, ReachQuestion } from './answer'
import { endNamed } from './named-end'
import { readableChanges } from './readable-changes'

/** Whether one end reaches another without a draft and with it. A connection to a Service is judged behind it. */
export function decideDraft(
  prepared: PreparedGround,
  draft: readonly PolicyChange[],
  question: ReachQuestion,
  options: WhatIfOptions = {},
): ReachAnswer {
  const [answer] = decideAll(prepared, draft, [question], options)
  return answer ?? { problem: 'nothing was asked' }
}

/** Whether each of the tests of a draft holds, and held before. */
export function runTests(
  prepared: PreparedGround,
  draft: readonly PolicyChange[],
  tests: readonly DraftTest[],
  options: WhatIfOptions = {},
): readonly DraftTestResult[] {
  const answers = decideAll(prepared, draft, tests, options)
  return tests.map((test, i) => {
    const answer = answers[i] ?? { problem: 'nothing was asked' }
    const holds = (verdict: FlowAnswer['verdict']) =>
      verdict === 'undefined' ? 'unclear' : verdict === test.expect ? 'yes' : 'no'
    return 'problem' in answer
      ? { test, answer, holds: 'unclear', heldBefore: 'unclear' }
      : { test, answer, holds: holds(answer.after), heldBefore: holds(answer.before) }
  })
}

function decideAll(
  prepared: PreparedGround,
  draft: readonly PolicyChange[],
  questions: readonly ReachQuestion[],
  options: WhatIfOptions,
): readonly ReachAnswer[] {
  const { model, hidesNamespaces } = prepared.ground
  const { changes } = readableChanges(draft, options.last)
  const { staged } = stagedOf(prepared, changes, options)
  const before = prepared.compiled(staged)
  const after = draftCompiled(prepared, changes, staged)
  const lookup = endLookup({ model, pods: new Map() })
  return questions.map((question) => {
    const asked = askedFlow(question, lookup, model.nodes, hidesNamespaces)
    if ('problem' in asked) return asked
    const [was, is] = [answer(before, asked), answer(after, asked)]
    return { before: was.verdict, after: is.verdict, whyBefore: was.why, whyAfter: is.why }
  })
}

const answer = (compiled: CompiledPolicies, asked: AskedFlow) => {
  const { verdict, reason } = answerFlow(compiled, asked)
  return { verdict, why: reason === '' ? [] : [reason] }
}

function askedFlow(
  { from, to, protocol, port }: ReachQuestion,
  lookup: EndLookup,
  nodes: PreparedGround['ground']['model']['nodes'],
  hides: boolean,
): AskedFlow | { readonly problem: string } {
  const source = endNamed(from, lookup, nodes)
  if ('problem' in source) return { problem: `From: ${problemOf(source, hides)}.` }
  if ('service' in source) return { problem: 'From: a Service opens no connections.' }
  const target = endNamed(to, lookup, nodes)
  if ('problem' in target) return { problem: `To: ${problemOf(target, hides)}.` }
  const flow = { from: source.end, protocol, port }
  return 'service' in target ? { serviceFlow: { ...flow, to: target.service } } : { flow: { ...flow, to: target.end } }
}

/** What is in a namespace that may not be seen may be there all the same. */
const problemOf = ({ problem, missing }: { readonly problem: string; readonly missing?: true }, hides: boolean) =>
  hides && missing ? `${problem} that you may see` : problem
