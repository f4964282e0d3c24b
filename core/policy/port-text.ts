import { isEverything } from './connections'
import type { PortsByProtocol } from './decision'
import { type PortProtocol, portProtocols, type PortSet } from './ports'

/** Ports as reports write them: `{ "TCP": ["80", "443-444"] }`, or `all` for every port of every protocol. */
export type PortTexts = 'all' | Readonly<Partial<Record<PortProtocol, readonly string[]>>>

export const portTexts = (ports: PortsByProtocol): PortTexts =>
  isEverything(ports)
    ? 'all'
    : Object.fromEntries(
        portProtocols.flatMap((protocol) => {
          const set = ports[protocol] ?? []
          return set.length === 0 ? [] : [[protocol, rangeTexts(set)]]
        }),
      )

/** The same on one line: `TCP 80,443-444; UDP 53`; '' for none. */
export function portLine(ports: PortsByProtocol): string {
  const texts = portTexts(ports)
  if (texts === 'all') return texts
  return portProtocols
    .flatMap((protocol) => (texts[protocol] ? `${protocol} ${texts[protocol].join()}` : []))
    .join('; ')
}

const rangeTexts = (set: PortSet): readonly string[] =>
  set.map(({ from, to }) => (from === to ? String(from) : `${from}-${to}`))
