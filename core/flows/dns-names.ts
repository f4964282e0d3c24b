import type { DnsName } from '../operations/operations'
import { addAnswers, addCode, answerFigures, type AnswerSum, newAnswers } from '../figures/sum-answers'
import { addKnown } from '../figures/tally'

type Asked = AnswerSum & { readonly name: string }
type NameSum = AnswerSum & { readonly types: Set<string> }

/** DNS questions (`A shop.example`) by their names, most asked first. O(questions). */
export function buildDnsNames(questions: readonly Asked[]): readonly DnsName[] {
  const names = new Map<string, NameSum>()
  for (const question of questions) {
    const [types, name] = splitQuestion(question.name)
    let sum = names.get(name)
    if (!sum) names.set(name, (sum = { ...newAnswers(), types: new Set() }))
    for (const type of types) sum.types.add(type)
    const { requests, responses, clientErrors, serverErrors, latency } = question.tally
    addAnswers(sum, { requests, responses, clientErrors, serverErrors, latency: null }, 0)
    if (latency) (sum.tally.latency ??= []).push(...latency)
    sum.rate = addKnown(sum.rate, question.rate)
    for (const { l7, code, responses: n } of question.codes.values()) addCode(sum, l7, code, n)
  }
  const isSearch = searchTest([...names].filter(([, sum]) => isFound(sum)).map(([name]) => name))
  const asked = ([, { tally }]: readonly [string, NameSum]) => Math.max(tally.requests ?? 0, tally.responses ?? 0)
  const sorted = [...names].sort((a, b) => asked(b) - asked(a) || (a[0] < b[0] ? -1 : 1))
  return sorted.map(([name, sum]) => ({
    name,
    types: [...sum.types].sort(),
    search: isMissed(sum) && isSearch(name),
    ...answerFigures(sum),
  }))
}

function splitQuestion(question: string): [readonly string[], string] {
  const cut = question.indexOf(' ')
  return cut < 0 ? [[], question] : [question.slice(0, cut).split(','), question.slice(cut + 1)]
}

const responsesOf = ({ codes }: AnswerSum, code: string) => codes.get(`dns ${code}`)?.responses ?? 0
const isFound = (sum: AnswerSum) => responsesOf(sum, 'NOERROR') > 0
/** Most answers say that there is no such name. */
const isMissed = (sum: AnswerSum) => responsesOf(sum, 'NXDOMAIN') * 2 > (sum.tally.responses ?? 0)

/**
 * Whether a name that was not found is a name with a search domain behind it. With `ndots:5` a
 * resolver tries `shop.example.com.orders.svc.cluster.local` before `shop.example.com`: noise, no error.
 * `found`: names that were found, by the same callers.
 */
export function searchTest(found: readonly string[]): (name: string) => boolean {
  const known = new Set(found)
  return (name) => {
    if (twice.test(name) || doubled.test(name)) return true
    // `catalog.shop` is tried as `catalog.shop.orders.svc…` before `catalog.shop.svc…` is found.
    const [, before = '', domain = ''] = /^(.+)\.[^.]+\.svc\.(.+)$/.exec(name) ?? []
    if (before && known.has(`${before}.svc.${domain}`)) return true
    for (let cut = name.lastIndexOf('.'); cut > 0; cut = name.lastIndexOf('.', cut - 1))
      if (known.has(name.slice(0, cut))) return true
    return false
  }
}

/** A cluster's domain behind a name of the cluster. */
const twice = /\.svc\..+\.svc\./
const doubled = /\.svc\.(.+)\.\1$/
