import { addEncryptionException } from '@/server/changes/add-encryption-exception'
import { changeRoute, route } from '@/server/http'
import { encryptionExceptionsView } from '@/server/views/encryption-exceptions'

export const GET = route(encryptionExceptionsView)
export const POST = changeRoute(addEncryptionException)
