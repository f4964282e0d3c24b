import type { z } from 'zod'
import type { Asker } from '@/core/access/asker'
import type { Scope } from '@/core/scope'
import { type Answer, toAnswer } from './answer'
import { answerThread } from './answer-thread'
import type { View } from './view'
import { withScope } from './wall'

/** The answer to a settled question: out of the thread of answers, or made here where the view is quick or there is none. */
export async function workOut<P extends z.ZodType, Q, L, A>(
  view: View<P, Q, L, A>,
  question: Q,
  scope: Scope,
  asker?: Asker,
): Promise<Answer> {
  const thread = view.quick ? null : answerThread()
  return thread ? thread.answer(view.name, question, scope) : workOutHere(view, question, scope, asker)
}

/** The same in this thread, behind both walls. */
export const workOutHere = async <P extends z.ZodType, Q, L, A>(
  view: View<P, Q, L, A>,
  question: Q,
  scope: Scope,
  asker?: Asker,
): Promise<Answer> => {
  const load = () => view.load(question, scope, view.personal ? asker : undefined)
  // What belongs to a person is read by who it belongs to, whatever the namespaces.
  return toAnswer(view.render(await (view.personal ? load() : withScope(scope, load)), question))
}
