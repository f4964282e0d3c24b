import { anything } from '../end-match'
import type { Rule } from '../normal-form'
import { complementPorts, portSet } from '../port-set'
import type { PortRange } from '../ports'

/** Proxies take TCP only; other protocols and these ports pass them by, so that no policy of the mesh judges them. */
export const passedBy = (ports: readonly PortRange[]): Rule => ({
  action: 'pass',
  path: 'spec',
  peer: anything,
  ports: { some: null, none: complementPorts(portSet(ports)).map((port) => ({ protocol: 'TCP', port })) },
})

/** Merged metrics and rewritten probes (15020), health (15021) and metrics of Envoy (15090). */
export const istioPassedBy: Rule = passedBy([
  { from: 15_020, to: 15_021 },
  { from: 15_090, to: 15_090 },
])
