using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Laurel.ApiFrontend.Phoenix;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;

namespace Laurel.ApiFrontend;

/// <summary>Turns JSON Schemas, written or made from types, into the document's.</summary>
internal static class Schemas
{
    private static readonly JsonSchemaExporterOptions ExporterOptions =
        new() { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = Refine };

    /// <summary>The schema that is written there.</summary>
    public static IOpenApiSchema Parse(string schema, OpenApiDocument document)
    {
        var parsed = OpenApiModelFactory.Parse<OpenApiSchema>(schema, OpenApiSpecVersion.OpenApi3_1, document, out var diagnostic, "json");
        return diagnostic.Errors.Count == 0 && parsed is not null
            ? parsed
            : throw new InvalidOperationException($"The schema {schema} cannot be read: {string.Join("; ", diagnostic.Errors)}");
    }

    /// <summary>The schema of what is written for a type.</summary>
    public static IOpenApiSchema Of(JsonTypeInfo type, OpenApiDocument document) =>
        Parse(type.GetJsonSchemaAsNode(ExporterOptions).ToJsonString(), document);

    /// <summary>The exporter cannot see what converters write.</summary>
    private static JsonNode Refine(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(double))
            return new JsonObject { ["type"] = "number" };
        if (type == typeof(DateTimeOffset))
            return new JsonObject { ["type"] = "string", ["format"] = "date-time" };
        if (type == typeof(RawJson) || type == typeof(JsonElement))
            return new JsonObject { ["description"] = "JSON as it was sent" };
        return schema;
    }
}
