package org.heshi.exchange.api;

import java.util.List;

/** The description of the interface as people read it. */
public record DocsPage(String title, String about, List<Operation> operations, List<Schema> schemas) {

    public DocsPage {
        operations = List.copyOf(operations);
        schemas = List.copyOf(schemas);
    }

    /** @param example of a body; empty when none is sent */
    public record Operation(String id, String method, String path, String summary, String text, List<String> scopes, List<Input> inputs, List<Answer> answers, String example) {

        public Operation {
            scopes = List.copyOf(scopes);
            inputs = List.copyOf(inputs);
            answers = List.copyOf(answers);
        }
    }

    public record Input(String name, String in, boolean required, String text, String example) {
    }

    /** @param schema name of what comes; empty when nothing does */
    public record Answer(String status, String text, String schema) {
    }

    /** @param text as JSON */
    public record Schema(String name, String text) {
    }
}
