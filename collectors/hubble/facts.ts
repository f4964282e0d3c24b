import type { Fields, FieldValue } from './fields'

export type Facts = Readonly<Record<string, string | number>>

/** What ServerStatus says, in the words of the Sources page. */
export function factsOf(status: Fields): Facts {
  return {
    ...textFact('version', status.version),
    ...numberFact('nodes connected', status.num_connected_nodes),
    ...numberFact('nodes unavailable', status.num_unavailable_nodes),
    ...textFact(
      'unavailable',
      Array.isArray(status.unavailable_nodes) ? status.unavailable_nodes.slice(0, 10).join(', ') : '',
    ),
    ...numberFact(
      'flows per second',
      status.flows_rate === undefined ? undefined : Math.round(Number(status.flows_rate)),
    ),
    ...numberFact('flows held by the peer', status.num_flows),
    ...numberFact('flows it can hold', status.max_flows),
    ...numberFact('flows it has seen', status.seen_flows),
  }
}

const textFact = (name: string, value: FieldValue | undefined) =>
  typeof value === 'string' && value !== '' ? { [name]: value.slice(0, 300) } : {}

const numberFact = (name: string, value: FieldValue | undefined) => {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isFinite(number) ? { [name]: number } : {}
}
