using System.Collections.Concurrent;
using Laurel.GrainInterfaces;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;

namespace Laurel.Silo;

/// <summary>
/// Teaches Orleans every record that grains exchange, all in one way: on the wire as <see cref="Wire"/> writes them, within a process
/// as they are, because they never change. A new record needs nothing here.
/// </summary>
internal sealed class RecordCodecs : ISpecializableCodec, ISpecializableCopier, ITypeFilter
{
    private readonly ConcurrentDictionary<Type, IFieldCodec> _codecs = new();
    private readonly ConcurrentDictionary<Type, IDeepCopier> _copiers = new();

    /// <inheritdoc cref="ISpecializableCodec.IsSupportedType"/>
    public bool IsSupportedType(Type type) => Wire.Knows(type);

    /// <inheritdoc/>
    public IFieldCodec GetSpecializedCodec(Type type) =>
        _codecs.GetOrAdd(type, static type => (IFieldCodec)Activator.CreateInstance(typeof(RecordCodec<>).MakeGenericType(type))!);

    /// <inheritdoc/>
    public IDeepCopier GetSpecializedCopier(Type type) =>
        _copiers.GetOrAdd(type, static type => (IDeepCopier)Activator.CreateInstance(typeof(ShallowCopier<>).MakeGenericType(type))!);

    /// <inheritdoc/>
    public bool? IsTypeAllowed(Type type) => Wire.Knows(type) ? true : null;
}
