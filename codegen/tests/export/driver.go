package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"

	module "check/PACKAGE"
)

func text(field string) string {
	bytes, _ := hex.DecodeString(strings.TrimPrefix(field, "-"))
	return string(bytes)
}

func tell(text string) string { return hex.EncodeToString([]byte(text)) }

func or(text string) string {
	if text == "" || text == "0" {
		return "-"
	}
	return text
}

func pairs(values map[string]string) []string {
	var pairs []string
	for key, value := range values {
		pairs = append(pairs, key+"="+tell(value))
	}
	sort.Strings(pairs)
	return pairs
}

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		response := module.Response{Type: text(fields[2]), Message: text(fields[3])}
		if code, err := strconv.ParseInt(fields[0], 10, 64); err == nil {
			response.Code = &code
		}
		response.Status, _ = strconv.Atoi(fields[1])
		info, ok := module.Recognize(response)
		if !ok {
			fmt.Println("-")
			continue
		}
		holes, _ := info.Capture(response.Message)
		fmt.Println(strings.Join(append([]string{string(info.Name)}, pairs(holes)...), "\t"))
	}
	for _, info := range module.All() {
		code := "-"
		if info.HasCode {
			code = "several"
			if found, ok := module.Lookup(info.Code); ok {
				code = found.Name.Error()
			}
		}
		message := "-"
		if info.Message != nil {
			message = ""
			for _, part := range info.Message {
				if part.Hole != "" {
					message += "{" + part.Hole + "}"
				}
				message += tell(part.Text)
			}
		}
		advice, by := "-", "-"
		if info.Retry != nil {
			advice, by = info.Retry.Advice, info.Retry.By
		}
		fields := []string{string(info.Name), tell(info.Key), code, or(strconv.Itoa(info.HTTPStatus)), or(strconv.Itoa(info.HTTPStatusClass)), or(tell(info.Type)), message, tell(info.Group), advice, by}
		fmt.Println(strings.Join(append(fields, pairs(info.Summary)...), "\t"))
	}
}
