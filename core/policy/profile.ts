/** Whose freedom of the specification is taken as known. `generic`: nobody's. */
export const profiles = ['generic', 'cilium', 'calico'] as const
export type Profile = (typeof profiles)[number]

/** How a question is asked. */
export type Options = {
  readonly profile: Profile
  /** Whether policies judge what a pod sends to itself. The documentation of Kubernetes says they cannot: `bypass`. */
  readonly loopback: 'bypass' | 'policy'
  /** `enforced`: as if staged policies were in force. */
  readonly staged: 'left-out' | 'enforced'
  /** Of the identities that meshes prove. */
  readonly trustDomain: string
}

export const defaultOptions: Options = {
  profile: 'generic',
  loopback: 'bypass',
  staged: 'left-out',
  trustDomain: 'cluster.local',
}

/** What a CNI does where the specification leaves it open. */
export type Habits = {
  /** Whether selectors see pods on the network of their node as pods (open), or as the node (no). */
  readonly selectsHostNetwork: 'open' | 'no'
  /** Whether address ranges of Kubernetes policies match pods and nodes. */
  readonly rangesMatchPods: 'yes' | 'no'
  readonly rangesMatchNodes: 'yes' | 'no' | 'open'
  /** Whether a rewritten address is what policies see. */
  readonly rewritten: 'open' | 'as-seen'
  /** Whether policies of Kubernetes judge ICMP. */
  readonly icmp: 'open' | 'judged'
  /** Two policies of one priority. */
  readonly ties: 'open' | 'by-name'
}

export const habitsOf: Readonly<Record<Profile, Habits>> = {
  generic: {
    selectsHostNetwork: 'open',
    rangesMatchPods: 'yes',
    rangesMatchNodes: 'open',
    rewritten: 'open',
    icmp: 'open',
    ties: 'open',
  },
  cilium: {
    selectsHostNetwork: 'no',
    rangesMatchPods: 'no',
    rangesMatchNodes: 'no',
    rewritten: 'open',
    icmp: 'judged',
    ties: 'open',
  },
  calico: {
    selectsHostNetwork: 'no',
    rangesMatchPods: 'yes',
    rangesMatchNodes: 'yes',
    rewritten: 'as-seen',
    icmp: 'judged',
    ties: 'by-name',
  },
}
