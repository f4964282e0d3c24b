/** A page as navigation, command menu, help and tests know it. */
export type Page = {
  readonly path: string
  readonly title: string
  /** Pressed after `g`. */
  readonly key: string
  readonly section: 'views' | 'workspace'
  /** Further words by which the command menu finds it. */
  readonly keywords: readonly string[]
}

export const REGISTRY: readonly Page[] = [
  { path: '/', title: 'Map', key: 'm', section: 'views', keywords: ['graph', 'topology', 'service map'] },
  {
    path: '/services',
    title: 'Services',
    key: 's',
    section: 'views',
    keywords: ['workloads', 'table', 'red', 'latency', 'errors'],
  },
  {
    path: '/flows',
    title: 'Flows',
    key: 'f',
    section: 'views',
    keywords: ['records', 'hubble', 'log', 'denied', 'dropped'],
  },
  {
    path: '/encryption',
    title: 'Encryption',
    key: 'e',
    section: 'views',
    keywords: ['mtls', 'tls', 'wireguard', 'ipsec', 'plaintext', 'coverage', 'certificates', 'strict'],
  },
  {
    path: '/policies',
    title: 'Policies',
    key: 'p',
    section: 'views',
    keywords: [
      'networkpolicy',
      'rules',
      'allowed',
      'denied',
      'tiers',
      'isolation',
      'calico',
      'cilium',
      'lint',
      'unused',
    ],
  },
  {
    path: '/sources',
    title: 'Sources',
    key: 'o',
    section: 'workspace',
    keywords: ['hubble', 'relay', 'gaps', 'lag', 'recordings', 'import'],
  },
  {
    path: '/links',
    title: 'Shared links',
    key: 'l',
    section: 'workspace',
    keywords: ['share', 'frozen', 'short', 'url'],
  },
  {
    path: '/settings',
    title: 'Settings',
    key: 't',
    section: 'workspace',
    keywords: ['teams', 'members', 'groups', 'roles', 'rights', 'sessions', 'tokens', 'audit', 'login'],
  },
]
