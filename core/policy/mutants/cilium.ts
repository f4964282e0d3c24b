import type { FlippedFile } from './mutant'

const rule = ['kinds/cilium-rule.test.ts', 'kinds/cilium-policy.test.ts', 'kinds/cilium-peers.test.ts']

/** The kinds of Cilium. */
export const ciliumFlips: readonly FlippedFile[] = [
  {
    file: 'kinds/cilium-spec.ts',
    tests: rule,
    flips: [
      {
        rule: 'denials come before allows',
        find: 'block(ciliumDenyOrder, first)',
        put: 'block(kubernetesOrder + 2, first)',
      },
      {
        rule: 'requests may be dropped where the policy does not isolate',
        find: 'const last = isolates ? [] :',
        put: 'const last = isolates || !isolates ? [] :',
      },
    ],
  },
  {
    file: 'kinds/cilium-side.ts',
    tests: rule,
    flips: [
      { rule: 'it isolates unless told otherwise', find: 'direction)) ?? true', put: 'direction)) ?? false' },
      {
        rule: 'without rules it says nothing',
        find: 'allows.length + denies.length > 0',
        put: 'allows.length + denies.length >= 0',
      },
    ],
  },
  {
    file: 'kinds/cilium-rule.ts',
    tests: rule,
    flips: [
      {
        rule: 'an empty rule lets nobody in',
        find: 'if (peer === null && parts === null) return',
        put: 'if (peer === null && parts === null && asks.length > 0) return',
      },
      {
        rule: 'what is required may keep others out',
        find: "peer: { is: 'not', of: { is: 'every', of: required } }",
        put: "peer: { is: 'every', of: required }",
      },
    ],
  },
  {
    file: 'kinds/cilium-peers.ts',
    tests: rule,
    flips: [
      {
        rule: 'an empty list of peers is nobody',
        find: 'emptyIsNobody && peers.length === 0',
        put: '!emptyIsNobody && peers.length === 0',
      },
      {
        rule: 'a peer that is not known allows nobody and denies everybody',
        find: 'site.allows ? nothing : anything',
        put: 'site.allows ? anything : nothing',
      },
    ],
  },
  {
    file: 'kinds/cilium-pods.ts',
    tests: rule,
    flips: [
      {
        rule: 'peers are of the own namespace unless they say something of one',
        find: 'podsWith(namespace === null ? requirements : [...requirements, ownNamespace(namespace)])',
        put: 'podsWith(requirements)',
      },
      {
        rule: 'a namespaced policy selects pods of its namespace',
        find: 'return podsWith([...requirements.filter((one) => !foreign(one)), ownNamespace(namespace)])',
        put: 'return podsWith(requirements)',
      },
      {
        rule: 'pods on the network of their node are that node',
        find: '.map(endWith), anyPod])',
        put: '.map(endWith)])',
      },
    ],
  },
  {
    file: 'kinds/cilium-ranges.ts',
    tests: rule,
    flips: [
      { rule: 'ranges never match pods', find: "inCluster: 'no'", put: "inCluster: 'yes'" },
      {
        rule: 'a group that is not known leaves it open',
        find: "{ is: 'unclear', doubt: `CiliumCIDRGroup",
        put: "{ is: 'every', of: [], doubt: `CiliumCIDRGroup",
      },
    ],
  },
  {
    file: 'kinds/cilium-port-item.ts',
    tests: rule,
    flips: [
      { rule: 'ANY is TCP, UDP and SCTP', find: "return ['TCP', 'UDP', 'SCTP']", put: "return ['TCP']" },
      { rule: 'port 0 is every port', find: "from === 0 ? 'any' :", put: "from === 1 ? 'any' :" },
    ],
  },
  {
    file: 'kinds/cilium-entity.ts',
    tests: rule,
    flips: [
      {
        rule: 'cluster holds pods',
        find: "places('workload', 'own-node', 'other-node', 'kube-apiserver')",
        put: "places('own-node', 'other-node', 'kube-apiserver')",
      },
    ],
  },
  {
    file: 'kinds/cilium-host.ts',
    tests: ['kinds/cilium-policy.test.ts', 'kinds/cilium-index.test.ts'],
    flips: [
      {
        rule: 'what goes into a node comes out of the pod',
        find: "direction === 'ingress' ? 'egress' : 'ingress'",
        put: 'direction',
      },
    ],
  },
  {
    file: 'kinds/cilium-http.ts',
    tests: rule,
    flips: [
      { rule: 'with an action for a mismatch the request passes', find: 'if (mismatch !== null) return []', put: '' },
    ],
  },
  {
    file: 'kinds/cilium-layer7.ts',
    tests: rule,
    flips: [
      {
        rule: 'rules for DNS are open unless they have *',
        find: '!names.some(isEveryName)',
        put: 'names.some(isEveryName)',
      },
    ],
  },
  {
    file: 'kinds/cilium-regex.ts',
    tests: ['kinds/cilium-regex.test.ts'],
    flips: [{ rule: 'an escaped dot is a dot', find: '{ literal: escaped, dot: false }', put: "'loose'" }],
  },
]
