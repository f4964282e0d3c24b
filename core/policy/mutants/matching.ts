import type { FlippedFile } from './mutant'

const own = [
  'evaluate.test.ts',
  'match-end.test.ts',
  'kinds/calico-rule.test.ts',
  'kinds/cilium-peers.test.ts',
  'kinds/cilium-rule.test.ts',
  'kinds/istio-rule.test.ts',
  'kinds/linkerd-server.test.ts',
  'kinds/cluster-network-policy.test.ts',
]

/** What says whether an end, a port or a request fits. */
export const matchingFlips: readonly FlippedFile[] = [
  {
    file: 'match-end.ts',
    tests: own,
    flips: [
      {
        rule: 'policies may not have seen a rewritten address',
        find: "sight.habits.rewritten === 'open'",
        put: "sight.habits.rewritten === 'as-seen'",
      },
      {
        rule: 'selectors may not see pods on the network of their node',
        find: "sight.habits.selectsHostNetwork === 'no'",
        put: "sight.habits.selectsHostNetwork === 'open'",
      },
      {
        rule: 'DNS names are of ends outside',
        find: "if (end.type !== 'external') return no\n      if (end.names)",
        put: "if (end.type !== 'external') return yes\n      if (end.names)",
      },
      {
        rule: 'a service account has one of the names',
        find: '!match.names.includes(serviceAccount)',
        put: 'match.names.includes(serviceAccount)',
      },
      {
        rule: 'whether a proxy is there may not be known',
        find: "if (end.workload.mesh !== 'unknown') return",
        put: 'if (end.workload.mesh) return',
      },
    ],
  },
  {
    file: 'match-address.ts',
    tests: ['service-target.test.ts', ...own],
    flips: [
      {
        rule: 'pods of which some are in a range only may be',
        find: 'inside === same.length ? yes : maybe',
        put: 'yes',
      },
      {
        rule: 'addresses count by the family of the first',
        find: 'parsed.filter(({ bits }) => bits === first.bits)',
        put: 'parsed',
      },
      {
        rule: 'a pod without a known address may be in a range',
        find: 'if (!first) return set.length === 0 ? no : maybe',
        put: 'if (!first) return no',
      },
      {
        rule: 'an end without a known address may be in a range',
        find: 'return addressesOf(match).length === 0 ? no : maybe',
        put: 'return no',
      },
      {
        rule: 'ranges may not see nodes',
        find: "if (fits === no || seen === 'yes') return fits",
        put: 'if (fits !== maybe) return fits',
      },
    ],
  },
  {
    file: 'match-place.ts',
    tests: own,
    flips: [
      {
        rule: 'the own node is no other node',
        find: "(own === yes) === (place === 'own-node')",
        put: "(own === yes) !== (place === 'own-node')",
      },
      {
        rule: 'which of several nodes is meant is not known',
        find: 'names.length === 1 && own.length === 1 ? yes : maybe',
        put: 'yes',
      },
      {
        rule: 'addresses of the API server may not be known',
        find: "doubt('the addresses of the API server are not known')\n    return maybe",
        put: "doubt('the addresses of the API server are not known')\n    return no",
      },
      {
        rule: 'a pod on the network of a node is no pod of its own',
        find: "triOf(end.type === 'workload' && !end.workload.hostNetwork)",
        put: "triOf(end.type === 'workload')",
      },
    ],
  },
  {
    file: 'match-identity.ts',
    tests: ['kinds/istio-authorization.test.ts', ...own],
    flips: [
      {
        rule: 'without mTLS nothing is proven',
        find: 'if (mtls === false) return no',
        put: 'if (mtls === false) return yes',
      },
      {
        rule: 'both ends need a proxy of the mesh',
        find: 'const proxies = [workload, subject]',
        put: 'const proxies = [subject]',
      },
      {
        rule: 'a proxy that is not known leaves it open',
        find: 'if (!unknown) return yes',
        put: 'if (unknown || !unknown) return yes',
      },
    ],
  },
  {
    file: 'match-ports.ts',
    tests: ['connections.test.ts', ...own],
    flips: [
      { rule: 'ports that are excepted do not match', find: 'return some < none ? some : none', put: 'return some' },
      {
        rule: 'a port that is not known may match',
        find: 'if (port === null) return maybe',
        put: 'if (port === null) return no',
      },
      {
        rule: 'a named port is of its protocol',
        find: 'port.name === name && port.protocol === protocol',
        put: 'port.name === name',
      },
      {
        rule: 'both edges of a range belong to it',
        find: 'port >= from && port <= to',
        put: 'port >= from && port < to',
      },
    ],
  },
  {
    file: 'label-match.ts',
    tests: ['match-end.test.ts', 'kinds/cluster-network-policy.test.ts'],
    flips: [
      {
        rule: 'NotIn holds where the key is missing',
        find: "if (value === undefined) return match.op === 'not-in'",
        put: 'if (value === undefined) return false',
      },
      {
        rule: 'DoesNotExist holds where the key is missing',
        find: 'valueOf(labels, match.key) === undefined',
        put: 'valueOf(labels, match.key) !== undefined',
      },
      {
        rule: 'only own properties are labels',
        find: 'Object.hasOwn(labels, key) ? labels[key] : undefined',
        put: 'labels[key]',
      },
    ],
  },
  {
    file: 'ranges.ts',
    tests: ['algebra-laws.test.ts'],
    flips: [
      { rule: 'bits behind a prefix are ignored', find: 'parsed.value - (parsed.value % size)', put: 'parsed.value' },
      {
        rule: 'an exception is smaller than its range',
        find: '(part.first > whole.first || part.last < whole.last)',
        put: 'true',
      },
      {
        rule: 'ranges that touch are joined',
        find: 'first <= before.last + 1n',
        put: 'first <= before.last',
        unnoticed: 'ranges apart hold the same addresses; they are joined to be fewer',
      },
      {
        rule: 'a partition ends a part at the end of a range',
        find: 'starts.add(range.last + 1n)',
        put: 'starts.add(range.last)',
      },
    ],
  },
  {
    file: 'port-set.ts',
    tests: ['algebra-laws.test.ts', 'connections.test.ts'],
    flips: [
      { rule: 'ranges of ports that touch are joined', find: 'from <= last.to + 1', put: 'from <= last.to' },
      {
        rule: 'what is not in a set ends before it begins',
        find: '{ from: next, to: from - 1 }',
        put: '{ from: next, to: from }',
      },
    ],
  },
  {
    file: 'request-match.ts',
    tests: ['request-match.test.ts', 'kinds/istio-rule.test.ts', 'kinds/cilium-rule.test.ts'],
    flips: [
      {
        rule: 'no HTTP fits no condition on requests',
        find: 'if (request === null) return no',
        put: 'if (request === null) return yes',
      },
      {
        rule: 'headers may not be known',
        find: 'if (!request.headers) return maybe',
        put: 'if (!request.headers) return no',
      },
      { rule: 'names of headers have no case', find: 'match.name.toLowerCase()', put: 'match.name' },
    ],
  },
  {
    file: 'glob.ts',
    tests: ['glob.test.ts', 'domain-pattern.test.ts', 'kinds/cilium-regex.test.ts', 'kinds/istio-rule.test.ts'],
    flips: [
      { rule: 'beginning and end do not overlap', find: 'text.length < first.length + last.length || ', put: '' },
      { rule: 'segments between stars stand in order', find: 'at = found + part.length', put: 'at = first.length' },
    ],
  },
  {
    file: 'path-template.ts',
    tests: ['path-template.test.ts'],
    flips: [{ rule: '{*} stands for a segment that is not empty', find: "parts[i] !== ''", put: 'true' }],
  },
  {
    file: 'http-path.ts',
    tests: ['kinds/calico-rule.test.ts'],
    flips: [
      {
        rule: 'dot segments are resolved',
        find: "if (segment === '..') kept.pop()",
        put: "if (segment === '..') kept.push(segment)",
      },
      { rule: 'a path that hides escapes in escapes is none', find: ' || /%[0-9a-f]{2}/i.test(decoded)', put: '' },
    ],
  },
  {
    file: 'domain-pattern.ts',
    tests: ['domain-pattern.test.ts'],
    flips: [
      {
        rule: '** stands for one label at least',
        find: 'labels.length > rest.length',
        put: 'labels.length >= rest.length',
      },
    ],
  },
  {
    file: 'profile.ts',
    tests: ['evaluate.test.ts', 'kinds/cilium-policy.test.ts', 'index/index-laws.test.ts'],
    flips: [
      {
        rule: 'ranges of NetworkPolicies match no pods with Cilium',
        find: "cilium: {\n    selectsHostNetwork: 'no',\n    rangesMatchPods: 'no'",
        put: "cilium: {\n    selectsHostNetwork: 'no',\n    rangesMatchPods: 'yes'",
      },
      { rule: 'policies of one priority are read by name with Calico', find: "ties: 'by-name'", put: "ties: 'open'" },
    ],
  },
  {
    file: 'tiers.ts',
    tests: ['kinds/cluster-network-policy.test.ts', 'kinds/istio-authorization.test.ts'],
    flips: [
      {
        rule: 'the Admin tier is read before NetworkPolicies',
        find: "order: 1_000,\n  end: 'next',\n  ties: 'open'",
        put: "order: 2_000_000,\n  end: 'next',\n  ties: 'open'",
      },
      { rule: 'the Baseline tier is read after NetworkPolicies', find: 'order: 10_000_000', put: 'order: 10_000' },
      {
        rule: 'whom an ALLOW of Istio isolates is denied at the end',
        find: "order: 2_000,\n  end: 'deny'",
        put: "order: 2_000,\n  end: 'next'",
      },
      {
        rule: 'denials of Cilium are read before every allow',
        find: 'ciliumDenyOrder = 0',
        put: 'ciliumDenyOrder = 2_000',
      },
    ],
  },
]
