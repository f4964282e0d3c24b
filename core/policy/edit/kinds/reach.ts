import type { At, Side, VisualRule } from '../visual'

/** What rules of a direction that is governed come to. Those that only write to a log let nobody pass. */
export function reachOf(rules: readonly At<VisualRule>[]): Exclude<Side['reach'], 'not-governed'> {
  const telling = rules.map(({ value }) => value).filter(({ action }) => action !== 'log')
  const [first] = telling
  if (!first || telling.every(({ action, peers }) => action === 'deny' || peers.are === 'nothing')) return 'nobody'
  const open = telling.findIndex((rule) => rule.action === 'allow' && isOpen(rule))
  const deny = telling.findIndex(({ action }) => action !== 'allow')
  return open >= 0 && (deny < 0 || open < deny) ? 'anybody' : 'some'
}

const isOpen = ({ peers, ports, requests, also }: VisualRule) =>
  (peers.are === 'everything' || isEverybody(peers)) &&
  ports.are === 'everything' &&
  requests.are === 'everything' &&
  also.length === 0

/** Cilium has a word for everybody. */
const isEverybody = (peers: VisualRule['peers']) =>
  peers.are === 'some' && peers.items.some(({ value }) => value.is === 'entity' && value.name === 'all')
