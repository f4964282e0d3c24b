import fc from 'fast-check'
import type { ModelObject } from '../model'
import { optional, selector, some } from './parts'

const peers = (side: 'from' | 'to') =>
  some(
    {},
    { [`${side}Endpoints`]: [] },
    { [`${side}Endpoints`]: [{}] },
    { [`${side}Endpoints`]: [{ matchLabels: { 'k8s:app': 'web' } }] },
    { [`${side}Endpoints`]: [{ matchLabels: { 'k8s:io.kubernetes.pod.namespace': 'batch' } }] },
    { [`${side}Entities`]: ['world', 'host'] },
    { [`${side}Entities`]: ['cluster'] },
    { [`${side}CIDR`]: ['192.0.2.0/24'] },
    { [`${side}CIDRSet`]: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/30'] }] },
    { [`${side}CIDRSet`]: [{ cidrGroupRef: 'p1' }] },
  )
const ports = some(
  {},
  { toPorts: [] },
  { toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }] }] },
  { toPorts: [{ ports: [{ port: '443', endPort: 8080 }] }] },
  { toPorts: [{ ports: [{ port: 'http', protocol: 'TCP' }] }] },
  { icmps: [{ fields: [{ type: 8 }] }] },
)
const http = some({ toPorts: [{ ports: [{ port: '80', protocol: 'TCP' }], rules: { http: [{ method: 'GET' }] } }] })
const joined = (...parts: readonly fc.Arbitrary<ModelObject>[]): fc.Arbitrary<ModelObject> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all))

const list = (rule: fc.Arbitrary<ModelObject>) => fc.array(rule, { maxLength: 2 })
const egress = fc.oneof(joined(peers('to'), ports), some({ toFQDNs: [{ matchPattern: '*.example.com' }] }))

export const ciliumPolicy = joined(
  fc.record({ endpointSelector: selector }),
  fc.oneof(
    fc.record({ ingress: list(fc.oneof(joined(peers('from'), ports), joined(peers('from'), http))) }),
    fc.record({ egress: list(egress) }),
  ),
  optional({
    ingressDeny: list(joined(peers('from'), ports)),
    egressDeny: list(joined(peers('to'), ports)),
    enableDefaultDeny: some({ ingress: false }, { egress: true }),
  }),
)
export const ciliumCidrGroup = fc.record({ externalCIDRs: fc.array(fc.constantFrom('192.0.2.0/24', '10.0.0.0/8')) })
