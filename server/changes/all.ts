import type { AnyChange } from '@/server/change'
import { addEncryptionException } from './add-encryption-exception'
import { changeView } from './change-view'
import { deleteEncryptionException } from './delete-encryption-exception'
import { deleteLinks } from './delete-links'
import { deleteLink } from './delete-link'
import { deleteView } from './delete-view'
import { beginTeamView } from './begin-team-view'
import { changeRole } from './change-role'
import { changeTeam } from './change-team'
import { createTeam } from './create-team'
import { createToken } from './create-token'
import { deleteTeam } from './delete-team'
import { endMemberSessions } from './end-member-sessions'
import { endOtherSessions } from './end-other-sessions'
import { endSession } from './end-session'
import { endTeamView } from './end-team-view'
import { revokeToken } from './revoke-token'
import { makeLink } from './make-link'
import { saveView } from './save-view'
import { applyPolicy } from './apply-policy'
import { changePolicyDraft } from './change-policy-draft'
import { commentPolicyDraft } from './comment-policy-draft'
import { copyPolicyDraft } from './copy-policy-draft'
import { deletePolicyDraft } from './delete-policy-draft'
import { savePolicyDraft } from './save-policy-draft'
import { undoPolicyChange } from './undo-policy-change'
import { undoPolicyPlan } from './undo-policy-plan'

/** Everything that callers change through the API: the table of contents of server/changes, for OpenAPI and tests. */
export const changes: readonly AnyChange[] = [
  addEncryptionException,
  changeView,
  deleteEncryptionException,
  deleteLink,
  deleteLinks,
  deleteView,
  makeLink,
  saveView,
  applyPolicy,
  undoPolicyChange,
  undoPolicyPlan,
  savePolicyDraft,
  changePolicyDraft,
  copyPolicyDraft,
  deletePolicyDraft,
  commentPolicyDraft,
  createTeam,
  changeTeam,
  deleteTeam,
  changeRole,
  beginTeamView,
  endTeamView,
  endSession,
  endOtherSessions,
  endMemberSessions,
  createToken,
  revokeToken,
]
