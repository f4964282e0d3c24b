import { dropReasons, icmpMessages, responseFlags, tcpFlags } from './explain-terms'
import type { FlowDetail } from './flow-row'

/** A code of a record and what it says. */
export type Explanation = { readonly code: string; readonly meaning: string }

type Explained = Pick<FlowDetail, 'reason' | 'fields'>

/** Meanings of the codes in a record: drop reason, TCP flags, ICMP message, Envoy's response flags. Codes that are not known are left out. */
export function explainFlow(flow: Explained): readonly Explanation[] {
  const { fields } = flow
  return [
    ...meaning(dropReasons, flow.reason),
    ...Object.keys(tcpFlags)
      .filter((flag) => fields[`l4.TCP.flags.${flag}`] === true)
      .flatMap((flag) => meaning(tcpFlags, flag)),
    ...(['v4', 'v6'] as const).flatMap((version) => icmp(fields, version)),
    ...flagsOf(fields.response_flags, flow.reason).flatMap((flag) => meaning(responseFlags, flag)),
  ]
}

const meaning = (table: Readonly<Record<string, string>>, code: string): readonly Explanation[] => {
  const text = Object.hasOwn(table, code) ? table[code] : undefined
  return text === undefined ? [] : [{ code, meaning: text }]
}

function icmp(fields: Explained['fields'], version: 'v4' | 'v6'): readonly Explanation[] {
  const field = `l4.ICMP${version}`
  const part = (name: string) => Number(fields[`${field}.${name}`] ?? 0)
  const isIcmp = Object.keys(fields).some((path) => path === field || path.startsWith(`${field}.`))
  if (!isIcmp) return []
  const [type, code] = [part('type'), part('code')]
  const text = icmpMessages[`${version} ${type}/${code}`] ?? icmpMessages[`${version} ${type}`]
  return text === undefined ? [] : [{ code: `ICMP${version} type ${type} code ${code}`, meaning: text }]
}

const flagsOf = (listed: unknown, reason: string): readonly string[] =>
  Array.isArray(listed) ? listed.filter((flag) => typeof flag === 'string') : [reason]
