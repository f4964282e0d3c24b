import { type Endpoint, endpointKey } from '@/core/endpoint'
import type { Answers, RequestObservation } from '@/core/observation'
import type { Operation } from '@/core/operations/operation'
import { otherOperation } from '@/core/operations/operation-name'
import { createRouteCollapse, operationLimits } from '@/core/operations/route-collapse'
import { createRecent } from './kit/recent'

/** Gives the operations of a callee, few enough whatever is asked: the same object for the same one. `time`: of the observation. */
export type Callee = { operationOf(answer: Answers | RequestObservation, time: number): Operation | null }

/** Callees by endpoint and port; of DNS by the caller too, whose names they are. */
export type Operations = { of(from: Endpoint, to: Endpoint, port: number, dns: boolean): Callee }

const maxCallees = 2_000
/** Answers that are told apart, codes times flags: of one operation, and of all of a callee. */
const maxAnswers = 60
const maxAllAnswers = 1_000
/** A name that was not asked for in so long makes room for a new one; looked for at most once in `tidyMs`. */
const unusedMs = 86_400_000
const tidyMs = 3_600_000

export function createOperations(): Operations {
  const callees = createRecent<Callee>(maxCallees)
  return {
    of(from, to, port, dns) {
      const key = `${endpointKey(to)}:${port}${dns ? ` ${endpointKey(from)}` : ''}`
      let callee = callees.get(key)
      if (!callee) callees.set(key, (callee = createCallee()))
      return callee
    },
  }
}

type Known = { readonly answers: Map<string, Operation>; readonly unanswered: Operation; usedAt: number }

function createCallee(): Callee {
  const names = new Map<string, Known>()
  const collapse = createRouteCollapse(operationLimits)
  let tidiedAt = 0
  let answers = 0

  const isFull = (time: number): boolean => {
    if (names.size < operationLimits.operations) return false
    if (time - tidiedAt > tidyMs) {
      tidiedAt = time
      for (const [name, known] of names) {
        if (time - known.usedAt <= unusedMs) continue
        names.delete(name)
        answers -= known.answers.size
      }
    }
    return names.size >= operationLimits.operations
  }

  const knownOf = (name: string, time: number): Known => {
    let known = names.get(name)
    if (known) return known
    if (name !== otherOperation && isFull(time)) return knownOf(otherOperation, time)
    known = { answers: new Map(), unanswered: { name, code: '', flags: '' }, usedAt: time }
    names.set(name, known)
    return known
  }

  return {
    operationOf({ operation = '', named = false, code = '', flags = '' }, time) {
      if (operation === '' && code === '' && flags === '') return null
      // What has a name keeps it, also where its place has collapsed since.
      const known = names.get(operation) ?? knownOf(named || operation === '' ? operation : collapse(operation), time)
      known.usedAt = time
      if (code === '' && flags === '') return known.unanswered
      const answer = flags === '' ? code : `${code} ${flags}`
      let found = known.answers.get(answer)
      if (!found && known.answers.size < maxAnswers && answers < maxAllAnswers) {
        answers++
        found = { name: known.unanswered.name, code, flags }
        known.answers.set(answer, found)
      }
      return found ?? known.unanswered
    },
  }
}
