import type { FlippedFile } from './mutant'

const own = [
  'evaluate.test.ts',
  'kinds/calico-rule.test.ts',
  'kinds/cilium-peers.test.ts',
  'kinds/cilium-rule.test.ts',
  'kinds/istio-rule.test.ts',
  'kinds/linkerd-server.test.ts',
  'kinds/cluster-network-policy.test.ts',
]

/** What judges, whatever the kind. */
export const coreFlips: readonly FlippedFile[] = [
  {
    file: 'tri.ts',
    tests: own,
    flips: [
      {
        rule: 'all holds as far as its least part',
        find: 'if (value < least) least = value',
        put: 'if (value > least) least = value',
      },
      {
        rule: 'one holds as far as its greatest part',
        find: 'if (value > most) most = value',
        put: 'if (value < most) most = value',
      },
      { rule: 'the opposite of maybe is maybe', find: 'value === no ? yes : maybe', put: 'value === no ? yes : no' },
    ],
  },
  {
    file: 'judge-tier.ts',
    tests: ['kinds/mesh-index.test.ts', ...own, 'policy-laws.test.ts', 'index/index-laws.test.ts'],
    flips: [
      {
        rule: 'a rule that surely matches decides',
        find: 'if (matches === yes && applies === yes) return',
        put: 'if (matches === yes && applies === no) return',
      },
      {
        rule: 'the end of a tier denies only who is isolated',
        find: "if (tier.end === 'deny' && isolated !== no)",
        put: "if (tier.end === 'deny')",
      },
      {
        rule: 'who is isolated does not go on to the next tier',
        find: "if (tier.end === 'next' || isolated !== yes)",
        put: "if (tier.end === 'next' || isolated !== no)",
      },
      {
        rule: 'a log decides nothing',
        find: "if (rule.action === 'log') continue",
        put: "if (rule.action === 'log') break",
      },
      {
        rule: 'who is asked may deny and not allow',
        find: "if (rule.action === 'unknown') ends.allow = ref",
        put: 'ends.allow = ref',
      },
      {
        rule: 'who is asked may deny',
        find: 'ends.deny = ref\n',
        put: "if (rule.action === 'unknown') ends.deny = ref\n",
      },
      {
        rule: 'ICMP is open only where the specification leaves it so',
        find: "sight.habits.icmp === 'judged') return selects",
        put: "sight.habits.icmp === 'open') return selects",
      },
      {
        rule: 'the peer of ingress is the source',
        find: "block.direction === 'ingress' ? flow.from : flow.to",
        put: "block.direction === 'ingress' ? flow.to : flow.from",
      },
      {
        rule: 'a condition on the workload itself counts',
        find: 'if (least !== no && rule.own)',
        put: 'if (least === no && rule.own)',
      },
      {
        rule: 'the port of the source counts',
        find: 'if (least !== no && rule.sourcePorts)',
        put: 'if (least === no && rule.sourcePorts)',
      },
      {
        rule: 'what is asked for within the connection counts',
        find: 'if (least !== no && rule.request)',
        put: 'if (least === no && rule.request)',
      },
      {
        rule: 'blocks of one order are read together where ties are open',
        find: 'last?.[0]?.block.order === one.block.order',
        put: 'last?.[0]?.block.order !== one.block.order',
      },
      {
        rule: 'only blocks that isolate do (index)',
        find: '(block.isolates ? selects : no)',
        put: '(block.isolates ? no : selects)',
      },
    ],
  },
  {
    file: 'judge.ts',
    tests: own,
    flips: [
      {
        rule: 'what may end both ways is undefined',
        find: 'if (allowed && denied) return',
        put: 'if (allowed && denied && doubts.size === 0) return',
      },
      {
        rule: 'what no tier decides is allowed',
        find: 'if (goesOn) ways.allowed =',
        put: 'if (!goesOn) ways.allowed =',
      },
    ],
  },
  {
    file: 'evaluate.ts',
    tests: ['kinds/istio-peer-authentication.test.ts', ...own],
    flips: [
      {
        rule: 'a denial counts before what is open',
        find: "of('denied') ?? of('undefined') ??",
        put: "of('undefined') ?? of('denied') ??",
      },
      {
        rule: 'only its own node reaches a pod past policies',
        find: 'if (onOwnNode(flow.from, flow.to.workload.nodes) !== yes) return ingress',
        put: 'if (onOwnNode(flow.from, flow.to.workload.nodes) === yes) return ingress',
      },
      { rule: 'whether other tiers govern the own node is open', find: 'deciding.every(', put: 'deciding.some(' },
      {
        rule: "proxies let the node's probes in",
        find: "onOwnNode(from, to.workload.nodes) === yes ? exempt('mesh', 'ingress', 'own-node') : mesh",
        put: 'mesh',
      },
      {
        rule: 'a pod reaches itself unless policies judge that',
        find: "compiled.options.loopback === 'bypass'",
        put: "compiled.options.loopback === 'policy'",
      },
      { rule: 'only a single pod is sure to be itself', find: " && from.workload.kind === 'Pod'", put: '' },
      { rule: 'a port whose name is not there is not known', find: "?? 'not-known'", put: '?? null' },
    ],
  },
  {
    file: 'compile.ts',
    tests: ['kinds/calico-staged.test.ts', 'kinds/calico-policy.test.ts', ...own],
    flips: [
      {
        rule: 'staged policies count only when asked for',
        find: "if (staged === 'left-out')",
        put: "if (staged === 'enforced')",
      },
      {
        rule: 'a staged policy stands in for the one it names',
        find: '!replaced.has(refKey(ref))',
        put: 'replaced.has(refKey(ref))',
      },
      {
        rule: 'the lower order is read first',
        find: 'a.block.order - b.block.order',
        put: 'b.block.order - a.block.order',
      },
      { rule: 'the lower tier is read first', find: 'a.order - b.order', put: 'b.order - a.order' },
      { rule: 'among equal orders the name decides', find: 'a.key === b.key ? 0 : a.key < b.key ? -1 : 1', put: '0' },
    ],
  },
  {
    file: 'normal-form.ts',
    tests: ['policy-name.test.ts'],
    flips: [{ rule: 'kinds of one name are told apart by their group', find: '`${group}/${kind}/', put: '`${kind}/' }],
  },
  {
    file: 'select-blocks.ts',
    tests: ['kinds/istio-peer-authentication.test.ts', ...own],
    flips: [
      {
        rule: 'of blocks that stand alone the first counts',
        find: 'if (earlier === yes) return []',
        put: 'if (earlier === yes) return [one]',
      },
      { rule: 'behind one that only may select, the next may count', find: '{ ...one, selects: maybe }', put: 'one' },
    ],
  },
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
    tests: ['kinds/cluster-network-policy.test.ts', 'suites.test.ts'],
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
    tests: ['algebra-laws.test.ts', 'suites.test.ts'],
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
    tests: ['kinds/istio-rule.test.ts', 'kinds/cilium-rule.test.ts', 'suites.test.ts'],
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
    tests: ['domain-pattern.test.ts', 'kinds/cilium-regex.test.ts', 'kinds/istio-rule.test.ts'],
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
    tests: ['suites.test.ts', 'kinds/calico-rule.test.ts'],
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
    tests: ['suites.test.ts', 'kinds/cluster-network-policy.test.ts', 'kinds/istio-authorization.test.ts'],
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
