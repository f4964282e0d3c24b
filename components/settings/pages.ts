/** A page of the settings. */
export type SettingsPage = {
  readonly path: string
  readonly title: string
  /** Only administrators get answers there. */
  readonly adminOnly?: true
  /** Further paths that belong to it. */
  readonly also?: readonly string[]
}

export const SETTINGS: readonly SettingsPage[] = [
  { path: '/settings/teams', title: 'Teams', also: ['/settings/team'] },
  { path: '/settings/members', title: 'Members', adminOnly: true },
  { path: '/settings/sessions', title: 'Sessions' },
  { path: '/settings/tokens', title: 'Tokens' },
  { path: '/links', title: 'Shared links' },
  { path: '/settings/audit', title: 'Audit' },
]
