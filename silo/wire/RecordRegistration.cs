using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Serializers;

namespace Laurel.Silo;

/// <summary>Laurel's records in Orleans' serialization.</summary>
internal static class RecordRegistration
{
    /// <summary>Adds all of them.</summary>
    public static ISerializerBuilder AddRecords(this ISerializerBuilder serializer)
    {
        serializer.Services.AddSingleton<RecordCodecs>();
        serializer.Services.AddSingleton<ISpecializableCodec>(static provider => provider.GetRequiredService<RecordCodecs>());
        serializer.Services.AddSingleton<ISpecializableCopier>(static provider => provider.GetRequiredService<RecordCodecs>());
        serializer.Services.AddSingleton<ITypeFilter>(static provider => provider.GetRequiredService<RecordCodecs>());
        return serializer;
    }
}
