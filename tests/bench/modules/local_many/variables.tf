variable "name" {
  type        = string
  description = "Name of the deployment."
}

variable "environment" {
  type        = string
  description = "Stage that it serves."
  default     = "dev"
}

variable "amount" {
  type        = number
  description = "How many resources there are."
  default     = 3
}
