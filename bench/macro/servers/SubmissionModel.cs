using System.Text.Json.Serialization;

namespace Laurel.Bench.Macro;

/// <summary>A submission as a class model, the way most endpoints are written.</summary>
internal sealed class SubmissionModel
{
    public List<ScoreModel> Scores { get; set; } = [];
}

/// <summary>One score of it.</summary>
internal sealed class ScoreModel
{
    public string UserId { get; set; } = "";

    public double Score { get; set; }

    public DateTimeOffset Timestamp { get; set; }
}

/// <summary>Its source-generated reader.</summary>
[JsonSerializable(typeof(SubmissionModel))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class SubmissionJson : JsonSerializerContext;
