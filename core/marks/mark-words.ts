import type { Mark } from './mark'

/** `deploy bff`, `cart restarted: OOMKilled`, as short as it can be said beside a mark. */
export function markWords({ kind, change, name, from, to }: Mark): string {
  switch (kind) {
    case 'deploy':
      return change === 'created' ? `new ${name}` : change === 'deleted' ? `removed ${name}` : `deploy ${name}`
    case 'restart':
      return `restart ${name}`
    case 'pod-restart':
      return `${name} restarted${to && `: ${to}`}`
    case 'scale':
      return `${name} ${from} → ${to} pods`
    case 'policy':
      return `policy ${name}${change === 'changed' ? '' : change === 'created' ? ' new' : ' deleted'}`
    case 'service':
      return `Service ${name}${change === 'changed' ? '' : change === 'created' ? ' new' : ' deleted'}`
    case 'node':
      return `node ${name} ${change === 'created' ? 'joined' : 'gone'}`
  }
}

/** What happened as a sentence without its time: `Deployment storefront/bff was deployed, 1.4.0 → 1.5.0`. */
export function markSentence(mark: Mark): string {
  const { kind, change, namespace, object, name, from, to } = mark
  const what = `${object} ${namespace ? `${namespace}/` : ''}${name}`
  const step = from && to && from !== to ? `, ${from} → ${to}` : to ? `, ${to}` : ''
  switch (kind) {
    case 'deploy':
      if (change === 'created') return `${what} is new${step}`
      if (change === 'deleted') return `${what} was removed`
      return `${what} was deployed${from && from === to ? `, ${to} with another template` : step}`
    case 'restart':
      return `${what} was restarted`
    case 'pod-restart':
      return `${from === '1' ? `A pod of ${what} restarted` : `Pods of ${what} restarted ${from} times`}${to && `: ${to}`}`
    case 'scale':
      return `${what} was scaled from ${from} to ${to} pods`
    case 'node':
      return `${what} ${change === 'created' ? 'joined' : 'is gone'}`
    case 'policy':
    case 'service':
      return `${what} was ${change}`
  }
}
