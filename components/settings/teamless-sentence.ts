import type { Me } from '@/core/access/me'

/** Where what somebody sees comes from who is in no team, or why they see nothing. */
export function teamlessSentence({ sees, rightsFrom }: Pick<Me, 'sees' | 'rightsFrom'>): string {
  if (rightsFrom === 'kubernetes')
    return sees === 'nothing' ? 'No cluster lets you see anything here.' : 'What you see comes from the clusters.'
  return sees === 'nothing'
    ? 'No team has one of your groups, and you have no role everywhere, so you see nothing. Ask who runs Oriel to add one of your groups to a team.'
    : 'What you see comes from a role that you have everywhere.'
}
