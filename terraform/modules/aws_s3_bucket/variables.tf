variable "name" {
  type        = string
  description = "Name of the bucket; no other bucket in the world may have it."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }

  validation {
    condition     = alltrue([for word in ["xn--", "sthree-", "amzn-s3-demo-"] : !startswith(var.name, word)]) && alltrue([for word in ["-s3alias", "--ol-s3", "--x-s3", "--table-s3"] : !endswith(var.name, word)])
    error_message = "The name does not begin with xn--, sthree- or amzn-s3-demo- and does not end with -s3alias, --ol-s3, --x-s3 or --table-s3: S3 keeps those for itself."
  }
}

variable "versioning" {
  type        = bool
  description = "Whether older versions of an object are kept when it is overwritten or deleted."
  default     = true
  nullable    = false
}

variable "kms_key_arn" {
  type        = string
  description = "ARN of the KMS key that encrypts the objects; empty for the key that S3 manages."
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[a-z0-9-]+:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+$", var.kms_key_arn))
    error_message = "The key is given as a whole ARN, such as arn:aws:kms:ap-northeast-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab."
  }
}

variable "expire_days" {
  type        = number
  description = "Days after which objects are deleted; 0 keeps them."
  default     = 0
  nullable    = false

  validation {
    condition     = var.expire_days >= 0 && var.expire_days <= 3650 && floor(var.expire_days) == var.expire_days
    error_message = "Objects are deleted after a whole number of days from 1 to 3650, or 0 for never."
  }
}

variable "noncurrent_days" {
  type        = number
  description = "Days after which older versions of objects are deleted; 0 keeps them."
  default     = 0
  nullable    = false

  validation {
    condition     = var.noncurrent_days >= 0 && var.noncurrent_days <= 3650 && floor(var.noncurrent_days) == var.noncurrent_days
    error_message = "Older versions are deleted after a whole number of days from 1 to 3650, or 0 for never."
  }
}

variable "force_destroy" {
  type        = bool
  description = "Whether a destroy deletes the objects as well; otherwise it fails while there are any."
  default     = false
  nullable    = false
}

variable "tags" {
  type        = map(string)
  description = "Tags for the bucket, beside the name and those of the platform."
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.tags) <= 40
    error_message = "There are at most 40 tags."
  }

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("^[A-Za-z0-9 _.:/=+@-]{1,128}$", key)) && !startswith(lower(key), "aws:") && !startswith(lower(key), "mcp:")])
    error_message = "A tag's key has 1 to 128 letters, digits, spaces or _.:/=+@- and does not begin with aws: or mcp:, which are reserved."
  }

  validation {
    condition     = length(distinct([for key in keys(merge(var.tags, { Name = "" })) : lower(key)])) == length(merge(var.tags, { Name = "" }))
    error_message = "No two tags differ in capitals only, and none so from Name, which the module sets: IAM takes such keys for one."
  }

  validation {
    # S3, IAM and RDS take no other characters, and say so when the rest stands already.
    condition     = alltrue([for value in values(var.tags) : try(length(value) <= 256 && can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$", value)), false)])
    error_message = "A tag's value has at most 256 letters, digits, spaces or _.:/=+@-, and is not null."
  }
}
