variable "name" {
  type        = string
  description = "Name of the cluster."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

# NOTE: Terraform keeps the name `version` for itself.
variable "kubernetes_version" {
  type        = string
  description = "Version of Kubernetes; 1.32 and 1.33 are in extended support, which costs six times as much."
  default     = "1.35"
  nullable    = false

  validation {
    condition     = contains(["1.32", "1.33", "1.34", "1.35"], var.kubernetes_version)
    error_message = "The version of Kubernetes is 1.32, 1.33, 1.34 or 1.35."
  }
}

variable "subnet_ids" {
  type        = list(string)
  description = "Ids of the private subnets for control plane and nodes, in at least two availability zones."
  nullable    = false

  validation {
    condition     = length(var.subnet_ids) >= 2 && length(var.subnet_ids) <= 16
    error_message = "EKS wants at least 2 subnets, in different availability zones, and takes 16 at most."
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

variable "endpoint_public_cidrs" {
  type        = list(string)
  description = "Public ranges that may reach the cluster's API from the internet; none keeps it inside the network."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.endpoint_public_cidrs) <= 40
    error_message = "There are at most 40 ranges."
  }

  validation {
    condition     = alltrue([for cidr in var.endpoint_public_cidrs : can(regex("^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$", cidr))])
    error_message = "A range is an IPv4 address and a size, such as 203.0.113.0/24, or 203.0.113.7/32 for one address."
  }

  validation {
    condition     = alltrue([for cidr in var.endpoint_public_cidrs : try(cidrsubnet(cidr, 0, 0) == cidr, false)])
    error_message = "A range starts at its own first address: 203.0.113.0/24, not 203.0.113.7/24."
  }

  validation {
    # A handful of short ranges opens the world as well as 0.0.0.0/0 does.
    condition     = alltrue([for cidr in var.endpoint_public_cidrs : can(regex("/([89]|[12][0-9]|3[0-2])$", cidr))])
    error_message = "The cluster's API is never opened to the world: name ranges of /8 or smaller, or none."
  }

  validation {
    condition     = alltrue([for cidr in var.endpoint_public_cidrs : !can(regex("^(0|10|127|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\.", cidr))])
    error_message = "A private range needs no opening: whoever is inside the network reaches the API already. Name public ranges only."
  }
}

variable "admin_role_arns" {
  type        = list(string)
  description = "ARNs of the IAM roles that administer the cluster; nobody unless listed."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.admin_role_arns) <= 20 && length(distinct(var.admin_role_arns)) == length(var.admin_role_arns)
    error_message = "There are at most 20 roles, each named once."
  }

  validation {
    condition     = alltrue([for arn in var.admin_role_arns : can(regex("^arn:[a-z0-9-]+:iam::[0-9]{12}:role/[A-Za-z0-9_+=,@/-]{1,256}$", arn))])
    error_message = "Roles are given by their ARNs, such as arn:aws:iam::111122223333:role/platform-admin."
  }
}

variable "node_instance_types" {
  type        = list(string)
  description = "Sizes that nodes may have, all for the same processors: t4g and m7g are ARM, t3 and m7i are x86."
  default     = ["t3.medium"]
  nullable    = false

  validation {
    condition     = length(var.node_instance_types) >= 1 && length(var.node_instance_types) <= 8
    error_message = "There are 1 to 8 sizes."
  }

  validation {
    condition     = alltrue([for size in var.node_instance_types : contains(["t3.medium", "t3.large", "t3.xlarge", "t4g.medium", "t4g.large", "t4g.xlarge", "m7i.large", "m7i.xlarge", "m7g.large", "m7g.xlarge"], size)])
    error_message = "A node's size is t3.medium, t3.large, t3.xlarge, t4g.medium, t4g.large, t4g.xlarge, m7i.large, m7i.xlarge, m7g.large or m7g.xlarge."
  }

  validation {
    condition     = length(distinct([for size in var.node_instance_types : can(regex("^(t4g|m7g)[.]", size))])) <= 1
    error_message = "All sizes have the same processors: either t4g and m7g (ARM), or t3 and m7i (x86)."
  }
}

variable "node_min" {
  type        = number
  description = "Fewest nodes."
  default     = 1
  nullable    = false

  validation {
    condition     = var.node_min >= 0 && var.node_min <= 50 && floor(var.node_min) == var.node_min
    error_message = "The fewest nodes are a whole number from 0 to 50."
  }
}

variable "node_desired" {
  type        = number
  description = "Nodes to run now."
  default     = 2
  nullable    = false

  validation {
    condition     = var.node_desired >= 0 && var.node_desired <= 50 && floor(var.node_desired) == var.node_desired
    error_message = "The nodes to run now are a whole number from 0 to 50."
  }

  validation {
    condition     = var.node_desired >= var.node_min && var.node_desired <= var.node_max
    error_message = "The nodes to run now lie between node_min and node_max. Change whichever of the three is wrong."
  }
}

variable "node_max" {
  type        = number
  description = "Most nodes."
  default     = 3
  nullable    = false

  validation {
    condition     = var.node_max >= 1 && var.node_max <= 50 && floor(var.node_max) == var.node_max
    error_message = "The most nodes are a whole number from 1 to 50."
  }
}

variable "log_types" {
  type        = list(string)
  description = "What the control plane writes to CloudWatch Logs."
  default     = ["audit", "authenticator"]
  nullable    = false

  validation {
    condition     = alltrue([for type in var.log_types : contains(["api", "audit", "authenticator", "controllerManager", "scheduler"], type)])
    error_message = "The control plane writes api, audit, authenticator, controllerManager and scheduler logs."
  }

  validation {
    condition     = length(distinct(var.log_types)) == length(var.log_types)
    error_message = "Each kind of log is named once."
  }
}

variable "tags" {
  type        = map(string)
  description = "Tags for the cluster, its nodes and what belongs to them, beside the name and those of the platform."
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
