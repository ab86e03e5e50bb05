variable "environment" {
  type    = string
  default = "production"
}

variable "region" {
  type    = string
  default = "eu-central-1"
}

variable "cidr" {
  type    = string
  default = "10.20.0.0/16"
}

variable "private_subnets" {
  description = "One private subnet for each availability zone."
  type        = map(string)
  default = {
    a = "10.20.1.0/24"
    b = "10.20.2.0/24"
  }
}

variable "office_cidrs" {
  type    = list(string)
  default = ["198.51.100.0/24"]
}
