'use client'

import { useEffect, useEffectEvent, useState } from 'react'
import type { PolicyGround } from '@/core/policy/ground'
import type { WorkerAnswers, WorkerAsk, WorkerQuestions } from './protocol'
import { askWorker, leaseWorker } from './worker-client'

/** An answer of the worker; the one before stays while a new one is made. */
export type Answered<T> = {
  readonly answer: T | null
  /** Whether it is about what is asked now. */
  readonly current: boolean
  /** When it came, in milliseconds; null: none came yet. */
  readonly at: number | null
  /** How long the worker took for it, in milliseconds. */
  readonly ms: number | null
  /** Why the last question got no answer. */
  readonly error: string | null
}

type State<T> = Omit<Answered<T>, 'current'> & { readonly key: string; readonly ground: PolicyGround | undefined }

/**
 * The worker's answer to a question about a ground. Nothing is asked while the ground or the question is missing.
 * @param wait milliseconds without another question before it is asked
 */
export function useAnswer<A extends WorkerAsk>(
  ground: PolicyGround | undefined,
  ask: A,
  of: WorkerQuestions[A] | null,
  { lane = ask, wait = 0 }: { readonly lane?: string; readonly wait?: number } = {},
): Answered<WorkerAnswers[A]> {
  const key = of === null ? '' : JSON.stringify(of)
  const [state, setState] = useState<State<WorkerAnswers[A]>>({
    answer: null,
    at: null,
    ms: null,
    error: null,
    key: '',
    ground: undefined,
  })
  useEffect(leaseWorker, [])
  const put = useEffectEvent(async (asked: PolicyGround, isWanted: () => boolean) => {
    if (of === null) return
    const reply = await askWorker(asked, lane, ask, of)
    if (!isWanted() || reply.outcome === 'outdated') return
    if (reply.outcome === 'failed') setState((before) => ({ ...before, error: reply.reason, key, ground: asked }))
    else setState({ answer: reply.answer, at: Date.now(), ms: reply.ms, error: null, key, ground: asked })
  })
  useEffect(() => {
    if (!ground || key === '') return undefined
    let wanted = true
    const timer = setTimeout(() => void put(ground, () => wanted), wait)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [ground, key, wait])
  const { answer, at, ms, error } = state
  return { answer, at, ms, error, current: state.key === key && state.ground === ground && error === null }
}
