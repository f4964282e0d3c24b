import { deleteEncryptionException } from '@/server/changes/delete-encryption-exception'
import { changeRoute } from '@/server/http'

export const DELETE = changeRoute(deleteEncryptionException)
