variable "name" {
  type        = string
  description = "Name of the server."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "subnet_id" {
  type        = string
  description = "Id of the subnet it runs in, best a private one."
  nullable    = false

  validation {
    condition     = can(regex("^subnet-[0-9a-z]{8,32}$", var.subnet_id))
    error_message = "The subnet is given by its id, such as subnet-0a1b2c3d4e5f67890."
  }
}

variable "vpc_id" {
  type        = string
  description = "Id of the network that the subnet belongs to."
  nullable    = false

  validation {
    condition     = can(regex("^vpc-[0-9a-z]{8,32}$", var.vpc_id))
    error_message = "The network is given by its id, such as vpc-0a1b2c3d4e5f67890."
  }
}

variable "instance_type" {
  type        = string
  description = "Size of the server; t4g has ARM processors, t3 and m7i have x86 ones."
  default     = "t3.micro"
  nullable    = false

  validation {
    condition     = contains(["t3.micro", "t3.small", "t3.medium", "t3.large", "t4g.micro", "t4g.small", "t4g.medium", "t4g.large", "m7i.large"], var.instance_type)
    error_message = "The size is t3.micro, t3.small, t3.medium, t3.large, t4g.micro, t4g.small, t4g.medium, t4g.large or m7i.large."
  }
}

variable "ami_ssm" {
  type        = string
  description = "Which Amazon Linux 2023 image it starts from; auto takes the one that fits the size."
  default     = "auto"
  nullable    = false

  validation {
    condition     = contains(["auto", "al2023-arm64", "al2023-x86_64"], var.ami_ssm)
    error_message = "The image is auto, al2023-arm64 or al2023-x86_64."
  }

  validation {
    condition     = !contains(["al2023-arm64", "al2023-x86_64"], var.ami_ssm) || (var.ami_ssm == "al2023-arm64") == startswith(var.instance_type, "t4g.")
    error_message = "The image does not run on that size: t4g sizes need al2023-arm64, all others al2023-x86_64. Leave it at auto to get the right one."
  }
}

variable "root_gb" {
  type        = number
  description = "Size of its disk in GB; it can grow later, never shrink."
  default     = 20
  nullable    = false

  validation {
    condition     = var.root_gb >= 8 && var.root_gb <= 200 && floor(var.root_gb) == var.root_gb
    error_message = "The disk has a whole number of GB from 8 to 200."
  }
}

variable "ingress" {
  type = list(object({
    port        = number
    cidr        = string
    description = string
  }))
  description = "Who may connect to which TCP port; nobody unless listed."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.ingress) <= 20
    error_message = "There are at most 20 ways in."
  }

  validation {
    condition     = alltrue([for rule in var.ingress : rule.port >= 1 && rule.port <= 65535 && floor(rule.port) == rule.port])
    error_message = "A port is a whole number from 1 to 65535."
  }

  validation {
    condition     = alltrue([for rule in var.ingress : can(regex("^[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}$", rule.cidr))])
    error_message = "A range is an IPv4 address and a size, such as 10.0.0.0/16, or 203.0.113.7/32 for one address."
  }

  validation {
    condition     = alltrue([for rule in var.ingress : try(cidrsubnet(rule.cidr, 0, 0) == rule.cidr, false)])
    error_message = "A range starts at its own first address: 10.0.0.0/16, not 10.0.5.0/16."
  }

  validation {
    # A handful of short ranges opens the world as well as 0.0.0.0/0 does.
    condition     = alltrue([for rule in var.ingress : !contains([22, 3389], rule.port) || try(tonumber(split("/", rule.cidr)[1]) >= 8, false)])
    error_message = "Ports 22 and 3389 are never opened to the world: name a range of /8 or smaller, or leave ssm on and connect through Session Manager without any open port."
  }

  validation {
    condition     = alltrue([for rule in var.ingress : can(regex("^[A-Za-z0-9 ._:/()#,@+=&;{}!$*-]{1,200}$", rule.description))])
    error_message = "A description says in 1 to 200 letters, digits, spaces or ._-:/()#,@+=&;{}!$* who connects and why."
  }

  validation {
    condition     = length(distinct([for rule in var.ingress : "${rule.port} ${rule.cidr}"])) == length(var.ingress)
    error_message = "Each pair of port and range is listed once."
  }
}

variable "ssm" {
  type        = bool
  description = "Whether Session Manager may open a shell on it, without keys and without an open port."
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
