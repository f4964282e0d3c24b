import { route } from '@/server/http'
import { encryptionView } from '@/server/views/encryption'

export const GET = route(encryptionView)
