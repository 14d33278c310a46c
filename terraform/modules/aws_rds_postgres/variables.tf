variable "name" {
  type        = string
  description = "Name of the database server."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }

  validation {
    condition     = !strcontains(var.name, "--") && var.name != "default"
    error_message = "The name has no two hyphens in a row and is not default: RDS takes neither."
  }
}

variable "subnet_ids" {
  type        = list(string)
  description = "Ids of the private subnets it may run in, in at least two availability zones."
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2 && length(var.subnet_ids) <= 20
    error_message = "RDS wants at least 2 subnets, in different availability zones, and takes 20 at most."
  }

  validation {
    condition     = alltrue([for id in var.subnet_ids : can(regex("^subnet-[0-9a-z]{8,32}$", id))])
    error_message = "Subnets are given by their ids, such as subnet-0a1b2c3d4e5f67890."
  }

  validation {
    condition     = length(distinct(var.subnet_ids)) == length(var.subnet_ids)
    error_message = "Each subnet is named once."
  }
}

variable "vpc_id" {
  type        = string
  description = "Id of the network that the subnets belong to."
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-z]{8,32}$", var.vpc_id))
    error_message = "The network is given by its id, such as vpc-0a1b2c3d4e5f67890."
  }
}

variable "allowed_security_group_ids" {
  type        = list(string)
  description = "Ids of the security groups whose members may connect; nobody unless listed."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.allowed_security_group_ids) <= 20
    error_message = "There are at most 20 security groups."
  }

  validation {
    condition     = alltrue([for id in var.allowed_security_group_ids : can(regex("^sg-[0-9a-z]{8,32}$", id))])
    error_message = "Security groups are given by their ids, such as sg-0a1b2c3d4e5f67890."
  }
}

variable "engine_version" {
  type        = string
  description = "Major version of PostgreSQL; AWS keeps the minor one up to date."
  default     = "17"
  nullable    = false

  validation {
    condition     = contains(["15", "16", "17"], var.engine_version)
    error_message = "The version of PostgreSQL is 15, 16 or 17."
  }
}

variable "instance_class" {
  type        = string
  description = "Size of the server; t4g, m7g and r7g have ARM processors, which PostgreSQL does not mind."
  default     = "db.t4g.micro"
  nullable    = false

  validation {
    condition     = contains(["db.t4g.micro", "db.t4g.small", "db.t4g.medium", "db.t4g.large", "db.t3.large", "db.m7g.large", "db.m7g.xlarge", "db.r7g.large"], var.instance_class)
    error_message = "The size is db.t4g.micro, db.t4g.small, db.t4g.medium, db.t4g.large, db.t3.large, db.m7g.large, db.m7g.xlarge or db.r7g.large."
  }
}

variable "storage_gb" {
  type        = number
  description = "Size of its disk in GB; it can grow later, never shrink."
  default     = 20
  nullable    = false

  validation {
    condition     = var.storage_gb >= 20 && var.storage_gb <= 1000 && floor(var.storage_gb) == var.storage_gb
    error_message = "The disk has a whole number of GB from 20 to 1000."
  }
}

variable "multi_az" {
  type        = bool
  description = "Whether a standby in another zone takes over when the first one fails."
  default     = false
  nullable    = false
}

variable "backup_days" {
  type        = number
  description = "Days that automatic backups are kept."
  default     = 7
  nullable    = false

  validation {
    condition     = var.backup_days >= 1 && var.backup_days <= 35 && floor(var.backup_days) == var.backup_days
    error_message = "Backups are kept for a whole number of days from 1 to 35."
  }
}

variable "deletion_protection" {
  type        = bool
  description = "Whether AWS refuses to delete it; a destroy needs this switched off first."
  default     = true
  nullable    = false
}

variable "tags" {
  type        = map(string)
  description = "Tags for the server and what belongs to it, beside the name and those of the platform."
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
