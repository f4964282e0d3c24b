import type { z } from 'zod'
import type { Scope } from '@/core/scope'
import { answerThread } from './answer-thread'
import { type Answer, ask } from './ask'
import { parseParams } from './params'
import type { View } from './view'

/**
 * Answers a view for a query and a scope, in the thread of answers unless the view is quick or there is no such thread.
 * Throws as `ask` does, and `invalid` for a bad query.
 */
export async function answer<P extends z.ZodType, Q, L, A>(
  view: View<P, Q, L, A>,
  query: URLSearchParams,
  scope: Scope,
): Promise<Answer> {
  const params = parseParams(view.params, query)
  const thread = view.quick ? null : answerThread()
  return thread ? thread.answer(view.name, query, scope) : ask(view, params, scope)
}
