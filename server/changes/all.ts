import type { AnyChange } from '@/server/change'
import { addEncryptionException } from './add-encryption-exception'
import { changeView } from './change-view'
import { deleteEncryptionException } from './delete-encryption-exception'
import { deleteLink } from './delete-link'
import { deleteView } from './delete-view'
import { makeLink } from './make-link'
import { saveView } from './save-view'
import { applyPolicy } from './apply-policy'
import { changePolicyDraft } from './change-policy-draft'
import { commentPolicyDraft } from './comment-policy-draft'
import { copyPolicyDraft } from './copy-policy-draft'
import { deletePolicyDraft } from './delete-policy-draft'
import { savePolicyDraft } from './save-policy-draft'
import { undoPolicyChange } from './undo-policy-change'

/** Everything that callers change through the API: the table of contents of server/changes, for OpenAPI and tests. */
export const changes: readonly AnyChange[] = [
  addEncryptionException,
  changeView,
  deleteEncryptionException,
  deleteLink,
  deleteView,
  makeLink,
  saveView,
  applyPolicy,
  undoPolicyChange,
  savePolicyDraft,
  changePolicyDraft,
  copyPolicyDraft,
  deletePolicyDraft,
  commentPolicyDraft,
]
