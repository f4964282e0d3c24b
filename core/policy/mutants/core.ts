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
        find: 'if (own === no) return ingress',
        put: 'if (own !== no) return ingress',
      },
      {
        rule: 'it is open whether a pod of several is on the node',
        find: 'own === yes || there.verdict === ingress.verdict',
        put: 'true',
      },
      {
        rule: 'whether other tiers govern the own node is open',
        find: 'pardons: defaultTier.name',
        put: "pardons: ''",
      },
      {
        rule: "proxies let the node's probes in",
        find: "own === yes ? exempt('mesh', 'ingress', 'own-node') : perhapsOwnNode(mesh)",
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
    tests: ['select-blocks.test.ts', 'kinds/istio-peer-authentication.test.ts', ...own],
    flips: [
      {
        rule: 'of blocks that stand alone the first counts',
        find: 'if (earlier === yes) return []',
        put: 'if (earlier === yes) return [one]',
      },
      { rule: 'behind one that only may select, the next may count', find: '{ ...one, selects: maybe }', put: 'one' },
    ],
  },
]
